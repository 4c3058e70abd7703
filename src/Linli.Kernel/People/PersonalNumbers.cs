using System.Text.RegularExpressions;

namespace Linli.Kernel.People;

/// <summary>
/// Numbers and addresses by which somebody can be found (telephones, identity cards, bank cards, e-mail, WeChat, QQ) in what people write, for texts
/// that everybody may read. Full-width digits, spaces and dashes between digits do not hide them.
/// </summary>
public static partial class PersonalNumbers
{
    /// <summary>The same text with all but the first three characters of each such number as asterisks.</summary>
    public static string Mask(string text) => Any().Replace(text, number => string.Concat(number.Value.Select((c, i) => i < 3 || !char.IsLetterOrDigit(c) ? c : '*')));

    /// <summary>The numbers themselves, each once and masked as <see cref="Mask"/> does, for asking whoever wrote them.</summary>
    public static IReadOnlyList<string> Spot(string? text) => text is null ? [] : [.. Any().Matches(text).Select(m => Mask(m.Value)).Distinct()];

    /// <summary>The same text with a mark in the place of each number.</summary>
    public static string Remove(string text, string mark) => Any().Replace(text, _ => mark);

    /// <summary>Five digits or more in a row: enough of a number to look for its owner.</summary>
    public static bool IsAskedForIn(string words) => Run().IsMatch(words);

    /// <summary>The words without such runs of digits: for a search that everybody may ask.</summary>
    public static string Without(string words) => Run().Replace(words, " ");

    // Identity cards (GB 11643), cards of banks, mobile telephones, telephones with their area code; not in the middle of a longer run of digits.
    private const string Numbers = @"(?<!\d)(?:\d(?:[ \-－—]?\d){14}(?:[ \-－—]?\d){1,4}[Xx]?|(?:[+＋]?[8８][6６][ \-－—]?)?[1１][3-9３-９](?:[ \-－—]?\d){9}|[0０]\d{2,3}[ \-－—]?\d(?:[ \-－—]?\d){6,7})(?!\d)";

    private const string Mail = @"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}[@＠](?:[A-Za-z0-9\-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9])";

    // "微信支付", "微信公众号" and "QQ3" are no names of persons. A WeChat name is 6 to 20 characters and begins with a letter; where nothing says that a
    // name follows, one of letters alone may be any word and stays.
    // The escaped words are, in Chinese, WeChat and two ways of misspelling it, "number", "account", "is" and "be".
    private const string WeChat =
        @"(?<=(?:\u5FAE\u4FE1|\u8587\u4FE1|\u5A01\u4FE1)(?:\u53F7\u7801|\u53F7|\u8D26\u53F7|\u5E10\u53F7|[Ii][Dd])?[ 　]*[:：\u662F\u4E3A][ 　]*|(?:\u5FAE\u4FE1|\u8587\u4FE1|\u5A01\u4FE1)(?:\u53F7\u7801|\u53F7|\u8D26\u53F7|\u5E10\u53F7|[Ii][Dd])[ 　]*)(?:[A-Za-z][A-Za-z0-9_\-]{5,19}(?![A-Za-z0-9_\-])|\d{5,12}(?!\d))"
        + @"|(?<=(?:\u5FAE\u4FE1|\u8587\u4FE1|\u5A01\u4FE1|(?<![A-Za-z])(?:[Ww]ei?[Cc]hat|[Ww]eixin|[Vv][Xx]|[Ww][Xx]))(?: ?(?:[Ii][Dd]|\u53F7))?[ 　]*[:：\u662F]?[ 　]*)(?=[A-Za-z_\-]*[0-9_])[A-Za-z][A-Za-z0-9_\-]{5,19}(?![A-Za-z0-9_\-])";

    // Groups (QQ群) are public: many join them.
    private const string Qq = @"(?<=(?<![A-Za-z])[Qq][Qq](?:\u53F7\u7801|\u53F7|\u8D26\u53F7|\u5E10\u53F7)?[ 　]*[:：\u662F\u4E3A]?[ 　]*)[1-9１-９]\d{4,10}(?!\d)";

    [GeneratedRegex($"{Mail}|{WeChat}|{Qq}|{Numbers}", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Any();

    [GeneratedRegex(@"\d(?:[ \-－—]?\d){4,}", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Run();
}
