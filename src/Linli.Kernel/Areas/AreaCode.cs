namespace Linli.Kernel.Areas;

/// <summary>What the length of an area code says: GB/T 2260 to the county, GB/T 10114 for towns, statistics bureau for villages.</summary>
public static class AreaCode
{
    public static int LengthOf(AreaLevel level) => level switch
    {
        AreaLevel.Province => 2,
        AreaLevel.City => 4,
        AreaLevel.County => 6,
        AreaLevel.Town => 9,
        AreaLevel.Village => 12,
        AreaLevel.Grid => 14,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };

    /// <summary>The part of a code that names the area of a level above: of a grid's code and Town, the town's. Null where the code is shorter.</summary>
    public static string? UpTo(string code, AreaLevel level) => code.Length >= LengthOf(level) ? code[..LengthOf(level)] : null;

    public static bool IsWithin(string code, string outer) => code.StartsWith(outer, StringComparison.Ordinal);
}
