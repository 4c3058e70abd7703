using System.Globalization;
using System.Text;
using Linli.Kernel;

namespace Linli.Requests.Import;

/// <summary>Writes the rows that were not taken, as they were, with the reason: to be corrected and imported again.</summary>
internal static class RejectedRows
{
    /// <summary>messages.csv → messages.rejected.csv, beside it.</summary>
    public static string PathOf(string file) => Path.ChangeExtension(file, null) + ".rejected.csv";

    /// <param name="line">Heading of the line number; <paramref name="reason"/> of the reason.</param>
    /// <param name="text">Says a problem in the reader's language.</param>
    public static async Task WriteAsync(string path, ImportTable table, IReadOnlyList<RejectedRow> rejected, string line, string reason, Func<FieldProblem, string> text)
    {
        // With a byte order mark, or spreadsheet programs take it for something else.
        await using var writer = new StreamWriter(path, append: false, new UTF8Encoding(true));
        await writer.WriteLineAsync(CsvTable.WordsOnly([.. table.Header, line, reason]));
        foreach (var (row, problem) in rejected)
        {
            // A row with too few or too many cells keeps those that it has; what is added stands after all of them.
            var cells = row.Cells.Length >= table.Header.Length ? row.Cells : [.. row.Cells, .. Enumerable.Repeat("", table.Header.Length - row.Cells.Length)];
            await writer.WriteLineAsync(CsvTable.WordsOnly([.. cells, row.Line.ToString(CultureInfo.InvariantCulture), text(problem)]));
        }
    }
}
