using System.Text.RegularExpressions;

namespace Linli.Kernel.People;

/// <summary>
/// Numbers and addresses by which somebody can be found (telephones, identity cards, bank cards, e-mail, WeChat, QQ) in what people write, for texts
/// that everybody may read. Full-width digits, spaces and dashes between digits do not hide them.
/// </summary>
public static partial class PersonalNumbers
{
    /// <summary>The same text with all but the first three characters of each such number as asterisks.</summary>
    public static string Mask(string text) => Replace(text, Stars);

    /// <summary>The numbers themselves, each once and masked as <see cref="Mask"/> does, for asking whoever wrote them.</summary>
    public static IReadOnlyList<string> Spot(string? text)
    {
        var found = new List<string>();
        _ = Replace(text ?? "", number =>
        {
            found.Add(Stars(number));
            return number;
        });
        return [.. found.Distinct()];
    }

    /// <summary>The same text with a mark in the place of each number.</summary>
    public static string Remove(string text, string mark) => Replace(text, _ => mark);

    private static string Stars(string number) => string.Concat(number.Select((c, i) => i < 3 || !char.IsLetterOrDigit(c) ? c : '*'));

    private static string Replace(string text, Func<string, string> with)
    {
        try
        {
            return Any().Replace(text, found => found.Groups[Named] is { Success: true } name ? found.Value[..^name.Length] + with(name.Value) : with(found.Value));
        }
        catch (RegexMatchTimeoutException)
        {
            return Latin().Replace(text, found => with(found.Value));   // whatever has not been looked at is not shown
        }
    }

    /// <summary>Five digits or more in a row: enough of a number to look for its owner.</summary>
    public static bool IsAskedForIn(string words) => Run().IsMatch(words);

    /// <summary>The words without such runs of digits: for a search that everybody may ask.</summary>
    public static string Without(string words) => Run().Replace(words, " ");

    // Identity cards (GB 11643), cards of banks, mobile telephones, telephones with their area code; not in the middle of a longer run of digits.
    private const string Numbers = @"(?<!\d)(?:\d(?:[ \-－—]?\d){14}(?:[ \-－—]?\d){1,4}[Xx]?|(?:[+＋]?[8８][6６][ \-－—]?)?[1１][3-9３-９](?:[ \-－—]?\d){9}|[0０]\d{2,3}[ \-－—]?\d(?:[ \-－—]?\d){6,7})(?!\d)";

    private const string Mail = @"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}[@＠](?:[A-Za-z0-9\-]{1,63}[.．]){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9])";

    private const string Named = "name";

    // In Chinese: WeChat, two ways of misspelling it, "V letter" and "add V"; "number" and "account" in several ways; "is" and "be". Bounded everywhere:
    // what somebody fills with blanks must cost no more than other texts.
    private const string Blanks = "[ 　]{0,3}";
    private const string Number = @"(?:\u53F7\u7801|\u53F7|\u8D26\u53F7|\u5E10\u53F7| ?[Ii][Dd])";
    private const string Chinese = @"(?:\u5FAE\u4FE1|\u8587\u4FE1|\u5A01\u4FE1|[Vv]\u4FE1|\u52A0 ?[VvＶｖ])";
    private const string Foreign = @"(?<![A-Za-z])(?:[Ww]e[Cc]hat|[Ww]eixin|[Vv][Xx]|[Ww][Xx])";
    private const string Is = @"[:：\u662F\u4E3A]";
    private const string Letter = "[A-Za-zＡ-Ｚａ-ｚ]";
    private const string More = @"[A-Za-zＡ-Ｚａ-ｚ0-9０-９_\-]";

    // "微信支付", "微信公众号" and "QQ3" are no names of persons. A WeChat name is 6 to 20 characters and begins with a letter; where nothing says that a
    // name follows, one of letters alone may be any word and stays.
    private const string WeChat =
        $@"(?:{Chinese}(?:{Number}?{Blanks}{Is}|{Number}){Blanks}|{Foreign}{Number}?{Blanks}[:：]{Blanks})(?<{Named}>{Letter}{More}{{5,19}}(?!{More})|\d{{5,12}}(?!\d))"
        + $@"|(?:{Chinese}{Number}?{Blanks}{Is}?{Blanks}|{Foreign}{Number}?(?:[ 　]|{Is}){Blanks})(?<{Named}>(?={More}{{0,19}}[0-9０-９_]){Letter}{More}{{5,19}}(?!{More}))";

    // Groups (QQ群) are public: many join them.
    private const string Qq = $@"(?:(?<![A-Za-z])[Qq] ?[Qq]|\u6263\u6263){Number}?{Blanks}{Is}?{Blanks}(?<{Named}>[1-9１-９]\d{{4,10}}(?!\d))";

    // Limits of time are for a machine that is stopped for a while; no text takes as long.
    [GeneratedRegex($"{Mail}|{WeChat}|{Qq}|{Numbers}", RegexOptions.CultureInvariant, 2_000)]
    private static partial Regex Any();

    [GeneratedRegex(@"[A-Za-z0-9０-９]{3,}", RegexOptions.CultureInvariant, 2_000)]
    private static partial Regex Latin();

    [GeneratedRegex(@"\d(?:[ \-－—]?\d){4,}", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Run();
}
