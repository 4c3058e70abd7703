namespace Linli.Shell.Ledgers.Running;

/// <summary>A line of a form of totals, until all of its rows are counted.</summary>
internal sealed record TotalGroup(object?[] Keys, Tally[] Tallies, FewRecords Records)
{
    private int _rows;

    public bool IsFew => !Records.IsNone && !Records.IsEnough;

    public void Count(string? record)
    {
        _rows++;
        Records.Add(record);
    }

    /// <summary>
    /// Takes those of a few records out and makes one of them. Where that alone is of a few as well, the smallest of the others goes with it: otherwise it could be
    /// reckoned from the grand total.
    /// </summary>
    /// <returns>Null where there are none; still of a few where all records together are.</returns>
    public static TotalGroup? Fold(Dictionary<string, TotalGroup> groups, Tally[] tallies)
    {
        var some = groups.Where(g => g.Value.IsFew).Select(g => g.Key).ToList();
        if (some.Count == 0)
        {
            return null;
        }

        var rest = new TotalGroup([], tallies, new FewRecords());
        foreach (var key in some.Concat(groups.Where(g => g.Value.Records.IsEnough).OrderBy(g => g.Value._rows).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).ToList()))
        {
            if (groups[key].IsFew || rest.IsFew)
            {
                rest.Add(groups[key]);
                groups.Remove(key);
            }
        }

        return rest;
    }

    private void Add(TotalGroup other)
    {
        _rows += other._rows;
        Records.Add(other.Records);
        foreach (var (mine, theirs) in Tallies.Zip(other.Tallies))
        {
            mine.Add(theirs);
        }
    }
}
