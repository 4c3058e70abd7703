namespace Linli.HuguanAreas;

/// <summary>A town or village of the 2023 list, with what the shipped data says of it.</summary>
internal sealed record Division(string Code, string Parent, string Name, string NameEn)
{
    /// <summary>The township of 2016 in which it, or the villages it was made from, stood.</summary>
    public string Township2016 { get; init; } = "";

    /// <summary>Without 村 or 社区; what pairs such as 东牢 and 西牢 are found by.</summary>
    public string Stem { get; init; } = "";
}

/// <summary>A row of points-2016.csv; coordinates are GCJ-02 and may be absent.</summary>
internal sealed record Point2016(string Code, string Name, string Now, double? Longitude, double? Latitude);

internal static class Divisions
{
    public const string County = "140427";
    public const string Zone = "140427401";
    public const string Changping = "140427400";

    public static List<Division> Towns(IEnumerable<string[]> rows2023) =>
        [.. rows2023.Where(r => r[3] == "town" && r[1] == County).Select(r => r[0] == Zone
            ? new Division(r[0], r[1], "经济技术开发区", "Economic and Technological Development Zone")
            : new Division(r[0], r[1], r[2], $"{Pinyin.Of(r[2][..^1])} {(r[2].EndsWith('镇') ? "Town" : "Township")}"))];

    /// <summary>
    /// Villages with their township of 2016: by name where the name was there (in a township that became this town),
    /// otherwise (merged or renamed since) by code, and last, that of the village before it in the list of codes.
    /// </summary>
    public static List<Division> Villages(IEnumerable<string[]> rows2023, IEnumerable<string[]> rows2016, IReadOnlyList<Point2016> points)
    {
        var townOf = points.Where(p => p.Code.Length == 9).ToDictionary(p => p.Code, p => p.Now);
        var villages2016 = rows2016.Where(r => r[3] == "village").ToList();
        var codes = villages2016.Select(r => r[0]).ToHashSet();
        var old = villages2016.ToLookup(r => StemOf(r[2]), r => r[0][..9]);
        var villages = new List<Division>();
        foreach (var row in rows2023.Where(r => r[3] == "village" && r[1].StartsWith(County, StringComparison.Ordinal)).OrderBy(r => r[0], StringComparer.Ordinal))
        {
            var stem = StemOf(row[2]);
            var before = villages.LastOrDefault(v => v.Parent == row[1])?.Township2016;
            villages.Add(new Division(row[0], row[1], NameOf(row[2]), NameEnOf(row[2]))
            {
                Stem = stem,
                Township2016 = row[1] == Zone ? Changping
                    : old[stem].FirstOrDefault(t => townOf[t] == row[1]) ?? (codes.Contains(row[0]) ? row[1] : before) ?? throw new InvalidOperationException($"No township for {row[2]}."),
            });
        }

        return villages;
    }

    private static string StemOf(string official) =>
        official.Replace("壶关县龙泉镇", "").Replace("社区居民委员会", "").Replace("社区居委会", "").Replace("居委会", "").Replace("村委会", "");

    private static string NameOf(string official)
    {
        var stem = StemOf(official);
        return official.Contains("虚拟社区") ? "开发区社区"
            : official.Contains("居委会") ? stem + "社区"
            : stem.EndsWith('村') ? stem
            : stem + "村";
    }

    private static string NameEnOf(string official) =>
        official.Contains("虚拟社区") ? "Development Zone Community"
        : Pinyin.Of(StemOf(official)) + (official.Contains("居委会") ? " Community" : " Village");
}
