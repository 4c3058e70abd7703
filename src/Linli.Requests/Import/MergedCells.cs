using ExcelDataReader;

namespace Linli.Requests.Import;

/// <summary>Merged cells of a sheet: what stands once and is meant for several rows, and headings in two or three rows.</summary>
/// <param name="ranges">Rows and columns counted from 0.</param>
internal sealed class MergedCells(IReadOnlyList<CellRange> ranges)
{
    private const int MostLevels = 3;
    private readonly Dictionary<CellRange, string> _said = [];

    /// <summary>Writes what a cell merged downwards says into each of its rows. Sideways it stays where it stands: a line of totals is no column of them.</summary>
    public void Fill(int row, string[] cells)
    {
        foreach (var range in ranges.Where(r => r.FromRow <= row && row <= r.ToRow && r.ToRow > r.FromRow && r.FromColumn < cells.Length))
        {
            if (row == range.FromRow)
            {
                _said[range] = cells[range.FromColumn];
            }
            else if (cells[range.FromColumn].Length == 0)
            {
                cells[range.FromColumn] = _said.GetValueOrDefault(range, "");
            }
        }
    }

    /// <summary>The last row that cells merged downwards from a row of headings reach.</summary>
    public int LastHeading(int row, int last) => ranges.Where(r => r.FromRow == row && r.ToRow > row).Select(r => Math.Min(r.ToRow, row + MostLevels - 1)).Append(last).Max();

    /// <summary>Below a heading that is merged sideways its parts may stand, in a row of headings; or data, where one heading is wide because it is long.</summary>
    public bool HasPartsIn(int below, string[] above, string[] cells, int levels)
    {
        var groups = ranges.Where(r => r.FromRow == below - 1 && r.ToRow == below - 1 && r.ToColumn > r.FromColumn && r.ToColumn - r.FromColumn + 1 < above.Length).ToList();
        return levels < MostLevels && groups.Count > 0
            && groups.All(g => Enumerable.Range(g.FromColumn, Math.Min(g.ToColumn, cells.Length - 1) - g.FromColumn + 1).Select(i => cells[i]) is var parts && parts.Any(p => p.Length > 0) && !parts.Any(IsFigure))
            && Enumerable.Range(0, cells.Length).All(i => groups.Any(g => g.FromColumn <= i && i <= g.ToColumn) || cells[i].Length == 0 || above[i].Length == 0 || cells[i] == above[i]);
    }

    /// <summary>One heading for each column: the lowest that says something, with the one above where two are alike (反映人 电话, 承办人 电话).</summary>
    public string[] Headings(int first, IReadOnlyList<string[]> levels)
    {
        var width = levels.Max(l => l.Length);
        var above = new string[width];
        var heading = new string[width];
        for (var column = 0; column < width; column++)
        {
            var said = levels.Select((l, i) => Of(first + i, column, l)).Where(t => t.Length > 0).Distinct().ToList();
            (heading[column], above[column]) = (said.Count == 0 ? "" : said[^1], said.Count < 2 ? "" : said[^2]);
        }

        var twice = heading.Where(h => h.Length > 0).CountBy(h => h).Where(c => c.Value > 1).Select(c => c.Key).ToHashSet();
        return [.. heading.Select((h, i) => twice.Contains(h) && above[i].Length > 0 ? $"{above[i]} {h}" : h)];

        string Of(int row, int column, string[] cells) => ranges.FirstOrDefault(r => r.FromRow <= row && row <= r.ToRow && r.FromColumn <= column && column <= r.ToColumn) is { } range && range.FromRow >= first
            ? levels[range.FromRow - first].ElementAtOrDefault(range.FromColumn)?.Trim() ?? "" : cells.ElementAtOrDefault(column)?.Trim() ?? "";
    }

    /// <summary>A number, a day or a telephone number is no heading.</summary>
    private static bool IsFigure(string cell) => cell.Length > 0 && cell.All(c => char.IsDigit(c) || c is '.' or ',' or '-' or '/' or ':' or ' ');
}
