using System.Text.RegularExpressions;

namespace Linli.Kernel.People;

/// <summary>
/// Numbers by which somebody can be found (telephones, identity cards, bank cards) in what people write, for texts that everybody may read.
/// Full-width digits, spaces and dashes between digits do not hide them.
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
    [GeneratedRegex(@"(?<!\d)(?:\d(?:[ \-－—]?\d){14}(?:[ \-－—]?\d){1,4}[Xx]?|(?:[+＋]?[8８][6６][ \-－—]?)?[1１][3-9３-９](?:[ \-－—]?\d){9}|[0０]\d{2,3}[ \-－—]?\d(?:[ \-－—]?\d){6,7})(?!\d)", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Any();

    [GeneratedRegex(@"\d(?:[ \-－—]?\d){4,}", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Run();
}
