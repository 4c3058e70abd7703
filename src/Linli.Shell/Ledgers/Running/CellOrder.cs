using System.Globalization;

namespace Linli.Shell.Ledgers.Running;

/// <summary>How cells of one column are sorted: what is empty last, words as Chinese readers look them up, choices in their own order.</summary>
internal static class CellOrder
{
    private static readonly CompareInfo Words = CultureInfo.GetCultureInfo("zh-CN").CompareInfo;

    public static int Compare(object? a, object? b) => (a, b) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        (string x, string y) => Words.Compare(x, y, CompareOptions.None),
        (IComparable x, _) when a.GetType() == b.GetType() => x.CompareTo(b),
        _ => 0,
    };

    /// <summary>Known choices first, in their order; what is empty last either way round.</summary>
    public static int Compare(object? a, object? b, IReadOnlyDictionary<string, int>? ranks, bool descending)
    {
        if (a is null || b is null)
        {
            return Compare(a, b);
        }

        var order = ranks is not null && a is string x && b is string y && (ranks.ContainsKey(x) || ranks.ContainsKey(y))
            ? ranks.GetValueOrDefault(x, int.MaxValue).CompareTo(ranks.GetValueOrDefault(y, int.MaxValue))
            : Compare(a, b);
        return descending ? -order : order;
    }
}
