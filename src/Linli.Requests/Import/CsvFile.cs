using System.Text;
using Linli.Kernel;

namespace Linli.Requests.Import;

/// <summary>
/// Reads other systems' CSV: comma, semicolon, tab or bar, quoted cells that may hold line ends, any usual encoding. One bad row costs
/// that row alone: a quote that is never closed does not swallow the rest of the file.
/// </summary>
internal static class CsvFile
{
    private static readonly char[] Delimiters = [',', '\t', ';', '|'];

    public static Outcome<ImportTable> Read(Stream file, IReadOnlyCollection<string> columns, Func<string[], bool>? isHeader = null)
    {
        var encoding = TextEncoding.Of(file);
        file.Position = 0;
        using var reader = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var text = reader.ReadToEnd();
        var delimiter = DelimiterOf(text, columns);
        string[]? header = null;
        var rows = new List<ImportRow>();
        foreach (var read in Rows(text, delimiter))
        {
            var row = read with { Cells = [.. read.Cells.Select(CsvTable.WithoutApostrophe)] };
            if (row.Cells.All(string.IsNullOrWhiteSpace) || (header is null && isHeader?.Invoke(row.Cells) == false))
            {
                continue;
            }

            if (header is null)
            {
                header = [.. row.Cells.Select(c => c.Trim())];
            }
            else
            {
                rows.Add(row.Broken is null && row.Cells.Length != header.Length
                    ? row with { Broken = new FieldProblem("row", "这一行有 {0} 列，表头有 {1} 列。", row.Cells.Length, header.Length) }
                    : row);
            }
        }

        return header is null
            ? new Failure.Invalid("file", "文件里没有表头。第一行应当是列名。")
            : new ImportTable($"CSV, {encoding.WebName.ToUpperInvariant()}, '{(delimiter == '\t' ? "TAB" : delimiter)}'", header, rows);
    }

    internal static IEnumerable<ImportRow> Rows(string text, char delimiter)
    {
        var (at, line) = (text.StartsWith('\uFEFF') ? 1 : 0, 1);
        while (at < text.Length)
        {
            var (row, end) = Row(text, delimiter, at, line);
            line += text.AsSpan(at, end - at).Count('\n');
            at = end;
            yield return row;
        }
    }

    /// <summary>The row that begins at <paramref name="start"/>, and where the next one begins.</summary>
    private static (ImportRow Row, int End) Row(string text, char delimiter, int start, int line)
    {
        var (cells, cell, at, isStray) = (new List<string>(), new StringBuilder(), start, false);
        while (true)
        {
            if (at < text.Length && text[at] == '"' && cell.Length == 0)
            {
                if (ClosingQuote(text, at + 1) is not { } close)
                {
                    // Nothing closes it: take this one line for what it is, and go on behind it.
                    var lineEnd = text.IndexOf('\n', start) is >= 0 and var n ? n + 1 : text.Length;
                    return (new ImportRow(line, text[start..lineEnd].TrimEnd('\r', '\n').Split(delimiter), new FieldProblem("row", "引号没有配对。单元格里的引号要写成两个。")), lineEnd);
                }

                cell.Append(text, at + 1, close - at - 1).Replace("\"\"", "\"");
                at = close + 1;
                isStray |= at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n');
            }

            var next = text.AsSpan(at).IndexOfAny(delimiter, '\n') is >= 0 and var offset ? at + offset : text.Length;
            cell.Append(text, at, next - at);
            if (next == text.Length || text[next] == '\n')
            {
                cells.Add(cell.ToString().TrimEnd('\r'));
                var broken = isStray ? new FieldProblem("row", "引号后面还有内容。单元格里的引号要写成两个。") : null;
                return (new ImportRow(line, [.. cells], broken), Math.Min(next + 1, text.Length));
            }

            cells.Add(cell.ToString());
            cell.Clear();
            at = next + 1;
        }
    }

    private static int? ClosingQuote(string text, int from)
    {
        while (text.IndexOf('"', from) is >= 0 and var quote)
        {
            if (quote + 1 >= text.Length || text[quote + 1] != '"')
            {
                return quote;
            }

            from = quote + 2;
        }

        return null;
    }

    /// <summary>The one that splits the first line into most of the columns that are needed.</summary>
    private static char DelimiterOf(string text, IReadOnlyCollection<string> columns)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var first = (end < 0 ? text : text[..end]).Trim('\uFEFF');
        return Delimiters.MaxBy(d => (
            first.Split(d).Select(c => c.Trim().Trim('"')).Intersect(columns, StringComparer.OrdinalIgnoreCase).Count(), first.Count(c => c == d)));
    }
}
