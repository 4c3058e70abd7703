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

    /// <summary>The last row of headings that begin at a row: cells merged downwards reach into it, or cells merged sideways have their parts below.</summary>
    public int LastHeading(int row, int width)
    {
        var last = row;
        for (var at = row; at <= last && at < row + MostLevels - 1; at++)
        {
            foreach (var range in ranges.Where(r => r.FromRow == at))
            {
                var isGroup = range.ToColumn > range.FromColumn && range.ToRow == at && range.ToColumn - range.FromColumn + 1 < width;
                last = Math.Max(last, Math.Min(isGroup ? at + 1 : range.ToRow, row + MostLevels - 1));
            }
        }

        return last;
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
}
