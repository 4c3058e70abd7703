using System.Text;

namespace Linli.Kernel;

/// <summary>One record of a CSV table; cells are found by column name, an absent column or empty cell is null.</summary>
/// <param name="Line">Line in the file on which the record starts, counted from 1.</param>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Cells, IReadOnlyDictionary<string, int> Columns)
{
    public string? this[string column] =>
        Columns.TryGetValue(column, out var at) && at < Cells.Count && Cells[at].Trim() is { Length: > 0 } cell ? cell : null;
}

/// <summary>CSV as spreadsheets write it (RFC 4180): quotes, line breaks inside quotes, a byte order mark, CRLF. The first record names the columns.</summary>
public static class CsvTable
{
    /// <summary>Column names as they stand; null when the stream is empty.</summary>
    /// <exception cref="DecoderFallbackException">The bytes are not UTF-8.</exception>
    public static (IReadOnlyList<string> Columns, IEnumerable<CsvRecord> Records)? Read(Stream stream)
    {
        var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var lines = Records(reader).Where(r => r.Cells.Count > 1 || r.Cells[0].Length > 0).GetEnumerator();
        if (!lines.MoveNext())
        {
            return null;
        }

        var names = lines.Current.Cells.Select(c => c.Trim()).ToList();
        var columns = names.Index().DistinctBy(n => n.Item, StringComparer.OrdinalIgnoreCase).ToDictionary(n => n.Item, n => n.Index, StringComparer.OrdinalIgnoreCase);
        return (names, Rest(lines, columns));
    }

    /// <summary>
    /// One line that a spreadsheet opens as words and nothing else: a cell that begins like a formula gets an apostrophe in front. The wide signs
    /// of Chinese keyboards begin one as well, and so does what begins with a tab or a new line.
    /// </summary>
    public static string WordsOnly(IEnumerable<string> cells) => Line(cells.Select(Word));

    /// <summary>One cell as <see cref="WordsOnly"/> writes it, for lines that also hold numbers.</summary>
    public static string Word(string cell) => IsLikeFormula(cell.AsSpan().TrimStart('\'')) ? "'" + cell : cell;

    /// <summary>What was written with <see cref="WordsOnly"/>, as it was.</summary>
    public static string WithoutApostrophe(string cell) => cell.StartsWith('\'') && IsLikeFormula(cell.AsSpan().TrimStart('\'')) ? cell[1..] : cell;

    private static bool IsLikeFormula(ReadOnlySpan<char> cell) => cell.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(cell[0], StringComparison.Ordinal);

    /// <summary>One line, without its end; cells are quoted where they must be.</summary>
    public static string Line(IEnumerable<string> cells) =>
        string.Join(',', cells.Select(c => c.AsSpan().IndexOfAny(",\"\r\n") < 0 ? c : $"\"{c.Replace("\"", "\"\"")}\""));

    private static IEnumerable<CsvRecord> Rest(IEnumerator<(int Line, List<string> Cells)> lines, Dictionary<string, int> columns)
    {
        using (lines)
        {
            while (lines.MoveNext())
            {
                yield return new CsvRecord(lines.Current.Line, lines.Current.Cells, columns);
            }
        }
    }

    private static IEnumerable<(int Line, List<string> Cells)> Records(TextReader reader)
    {
        var (line, start, cells, cell, isQuoted) = (1, 1, new List<string>(), new StringBuilder(), false);
        for (var next = reader.Read(); next >= 0; next = reader.Read())
        {
            var character = (char)next;
            if (character == '\n')
            {
                line++;
            }

            if (isQuoted && (character != '"' || reader.Peek() == '"'))
            {
                cell.Append(character == '"' ? (char)reader.Read() : character);
            }
            else if (character == '"' && (isQuoted || cell.Length == 0))
            {
                isQuoted = !isQuoted;
            }
            else if (character is ',' or '\n')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (character == '\n')
                {
                    yield return (start, cells);
                    (start, cells) = (line, []);
                }
            }
            else if (character != '\r')
            {
                cell.Append(character);
            }
        }

        if (cell.Length > 0 || cells.Count > 0)
        {
            cells.Add(cell.ToString());
            yield return (start, cells);
        }
    }
}
