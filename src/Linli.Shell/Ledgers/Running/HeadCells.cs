namespace Linli.Shell.Ledgers.Running;

/// <summary>Merged headings: neighbours with the same heading above share one cell, and who has fewer levels reaches down.</summary>
internal static class HeadCells
{
    public const int MostLevels = 4;

    /// <param name="paths">Of each column from the top down, its own heading last.</param>
    public static (IReadOnlyList<HeadCell> Cells, int Rows) Of(IReadOnlyList<IReadOnlyList<string>> paths)
    {
        var rows = paths.Count == 0 ? 0 : paths.Max(p => p.Count);
        List<HeadCell> cells = [];
        for (var column = 0; column < paths.Count; column++)
        {
            var path = paths[column];
            for (var level = 0; level < path.Count; level++)
            {
                var isOwn = level == path.Count - 1;
                if (!isOwn && column > 0 && IsShared(paths[column - 1], path, level))
                {
                    continue;
                }

                var wide = 1;
                while (!isOwn && column + wide < paths.Count && IsShared(path, paths[column + wide], level))
                {
                    wide++;
                }

                cells.Add(new HeadCell(level, column, isOwn ? rows - level : 1, wide, path[level]));
            }
        }

        return ([.. cells.OrderBy(c => c.Row).ThenBy(c => c.Column)], rows);
    }

    public static IReadOnlyList<string> PathOf(string? under, string heading) =>
        [.. (under ?? "").Split(['/', '／'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), heading];

    /// <summary>The same heading at this level, below the same headings.</summary>
    private static bool IsShared(IReadOnlyList<string> left, IReadOnlyList<string> right, int level) =>
        left.Count > level + 1 && right.Count > level + 1 && left.Take(level + 1).SequenceEqual(right.Take(level + 1));
}
