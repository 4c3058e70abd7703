using System.Globalization;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Linli.Kernel;
using Linli.Kernel.Evidence.Documents;

namespace Linli.Requests.Import;

/// <summary>Reads one sheet of an XLSX or XLS workbook.</summary>
internal static class SheetTable
{
    /// <summary>Bytes that all parts of a workbook may come to when unpacked: far more than the rows that one import takes.</summary>
    public const long MostUnpacked = 512L * 1024 * 1024;

    /// <summary>A cell far to the right makes every row as wide.</summary>
    private const int MostColumns = 1_000;

    /// <summary>As many rows as Excel has: a row can say that it is any.</summary>
    private const int MostLines = 1_048_576;

    public static bool IsWorkbook(Stream file)
    {
        Span<byte> head = stackalloc byte[4];
        file.Position = 0;
        file.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        file.Position = 0;
        return head.SequenceEqual("PK\x03\x04"u8) || head.SequenceEqual<byte>([0xD0, 0xCF, 0x11, 0xE0]);
    }

    /// <param name="path">As the operator calls it.</param>
    /// <param name="mostUnpacked">Of an XLSX, which is a ZIP package.</param>
    public static Outcome<ImportTable> Read(Stream file, string path, string? sheet, long mostUnpacked = MostUnpacked, Func<string[], bool>? isHeader = null)
    {
        try
        {
            if (file.ReadByte() == 'P' && !OfficePackage.IsBounded(file, mostUnpacked))
            {
                return new Failure.Invalid("file", "文件 {0} 解压后超过 {1} MB，或者打不开。请另存为 .csv 再试，或拆成几个文件。", path, mostUnpacked / 1024 / 1024);
            }

            file.Position = 0;
            using var workbook = ExcelReaderFactory.CreateReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
            var names = new List<string>();
            do
            {
                names.Add(workbook.Name);
                if (sheet is null || workbook.Name.Equals(sheet, StringComparison.OrdinalIgnoreCase))
                {
                    return Read(workbook, path, isHeader);
                }
            }
            while (workbook.NextResult());

            return new Failure.Invalid("file", "文件 {0} 里没有名为“{1}”的工作表。它有：{2}。", path, sheet!, string.Join(", ", names));
        }
        catch (Exception wrong) when (wrong is ExcelReaderException or InvalidDataException or IOException or System.Xml.XmlException)
        {
            return new Failure.Invalid("file", "文件 {0} 不是可以读的 Excel 工作簿（可能加了密码、已损坏，或其实是压缩包）。请另存为 .xlsx 或 .csv 再试。", path);
        }
    }

    private static Outcome<ImportTable> Read(IExcelDataReader sheet, string path, Func<string[], bool>? isHeader)
    {
        if (sheet.FieldCount > MostColumns)
        {
            return new Failure.Invalid("file", "文件 {0} 有 {1} 列，最多 {2} 列。请删去右边多余的列再试。", path, sheet.FieldCount, MostColumns);
        }

        var (line, rows) = (0, new List<ImportRow>());
        string[]? header = null;
        while (rows.Count <= ImportTable.MostRows && line < MostLines && sheet.Read())
        {
            line++;
            var cells = Enumerable.Range(0, header is null ? sheet.FieldCount : Math.Min(header.Length, sheet.FieldCount)).Select(i => Text(sheet.GetValue(i))).ToArray();
            if (cells.All(string.IsNullOrWhiteSpace) || (header is null && isHeader?.Invoke(cells) == false))
            {
                continue;
            }

            if (header is null)
            {
                // Empty columns at the right are formatting, not data.
                header = [.. cells[..(Array.FindLastIndex(cells, c => c.Length > 0) + 1)].Select(c => c.Trim())];
            }
            else
            {
                Array.Resize(ref cells, header.Length);
                rows.Add(new ImportRow(line, [.. cells.Select(c => c ?? "")]));
            }
        }

        return header is null
            ? new Failure.Invalid("file", "文件里没有表头。第一行应当是列名。")
            : new ImportTable($"Excel, {sheet.Name}", header, rows);
    }

    /// <summary>As a CSV export would write it: whole numbers without a fraction, times as year-month-day.</summary>
    private static string Text(object? value) => value switch
    {
        null => "",
        double number when number == Math.Truncate(number) && Math.Abs(number) < 1e15 => ((long)number).ToString(CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
