using System.Text;
using Linli.Kernel;

namespace Linli.Requests.Import;

/// <summary>One row as it stands in the file.</summary>
/// <param name="Line">Where it begins: line of a text file, row of a sheet; the first is 1.</param>
/// <param name="Broken">Why it cannot be read as a row; null when it can.</param>
internal sealed record ImportRow(int Line, string[] Cells, FieldProblem? Broken = null);

/// <summary>A file as a table, whatever it is stored as: CSV in any usual encoding and delimiter, XLSX or XLS.</summary>
/// <param name="Format">For the summary: "CSV, UTF-8, ','".</param>
internal sealed record ImportTable(string Format, string[] Header, IReadOnlyList<ImportRow> Rows)
{
    /// <summary>More would not fit into one transaction that others can wait for.</summary>
    public const int MostRows = 200_000;

    private const long MostBytes = 500L * 1024 * 1024;

    static ImportTable() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads the whole file. What it is, is seen from its content; its name does not matter.</summary>
    /// <param name="columns">The columns that are needed; they also tell which delimiter is meant.</param>
    public static Outcome<ImportTable> Read(string path, IReadOnlyCollection<string> columns, string? sheet)
    {
        if (!File.Exists(path))
        {
            return new Failure.Invalid("file", "没有文件 {0}。", path);
        }

        using var file = File.OpenRead(path);
        var read = Read(file, path, columns, sheet, null);
        return read.Succeeded ? Check(read.Value, path, columns) : read;
    }

    /// <summary>Reads the whole file, whatever its columns are.</summary>
    /// <param name="path">As whoever brings it calls it.</param>
    /// <param name="likely">Headings that it may have; they tell which delimiter is meant.</param>
    /// <param name="isHeader">Rows before the first that fits are left out; null takes the first that holds anything.</param>
    public static Outcome<ImportTable> Read(Stream file, string path, IReadOnlyCollection<string> likely, string? sheet, Func<string[], bool>? isHeader)
    {
        if (file.Length is 0 or > MostBytes)
        {
            return file.Length == 0
                ? new Failure.Invalid("file", "文件 {0} 是空的。", path)
                : new Failure.Invalid("file", "文件 {0} 超过 {1} MB。请拆成几个文件分别导入。", path, MostBytes / 1024 / 1024);
        }

        if (!SheetTable.IsWorkbook(file) && TextEncoding.IsNoText(file))
        {
            return new Failure.Invalid("file", "文件 {0} 既不是 CSV，也不是 Excel 工作簿。", path);
        }

        return SheetTable.IsWorkbook(file) ? SheetTable.Read(file, path, sheet, isHeader: isHeader) : CsvFile.Read(file, likely, isHeader);
    }

    private static Outcome<ImportTable> Check(ImportTable table, string path, IReadOnlyCollection<string> columns)
    {
        var missing = columns.Except(table.Header, StringComparer.OrdinalIgnoreCase).ToList();
        return missing.Count > 0
            ? new Failure.Invalid("file", "文件 {0} 里没有这些列：{1}。它有：{2}。请检查是否选对了映射。", path, string.Join(", ", missing), string.Join(", ", table.Header))
            : table.Rows.Count > MostRows
                ? new Failure.Invalid("file", "文件有 {0} 行，一次最多导入 {1} 行。请拆成几个文件分别导入；已导入过的行会自动跳过。", table.Rows.Count, MostRows)
                : table;
    }
}
