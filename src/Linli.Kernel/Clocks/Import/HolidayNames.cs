namespace Linli.Kernel.Clocks.Import;

/// <summary>English names of China's public holidays, for sources that have none.</summary>
internal static class HolidayNames
{
    private static readonly (string Zh, string En)[] Names =
    [
        ("元旦", "New Year's Day"), ("春节", "Spring Festival"), ("清明", "Qingming Festival"), ("劳动节", "Labour Day"),
        ("端午", "Dragon Boat Festival"), ("中秋", "Mid-Autumn Festival"), ("国庆", "National Day"),
    ];

    /// <summary>"国庆节、中秋节" is two of them, in the order written; null where none is known.</summary>
    public static string? English(string chinese)
    {
        var found = Names.Where(n => chinese.Contains(n.Zh, StringComparison.Ordinal)).OrderBy(n => chinese.IndexOf(n.Zh, StringComparison.Ordinal)).Select(n => n.En).ToList();
        return found.Count == 0 ? null : string.Join(" and ", found);
    }
}
