using System.Globalization;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Linli.Kernel;

namespace Linli.Requests.Import;

/// <summary>Reads one sheet of an XLSX or XLS workbook.</summary>
internal static class SheetTable
{
    public static bool IsWorkbook(Stream file)
    {
        Span<byte> head = stackalloc byte[4];
        file.Position = 0;
        file.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        file.Position = 0;
        return head.SequenceEqual("PK\x03\x04"u8) || head.SequenceEqual<byte>([0xD0, 0xCF, 0x11, 0xE0]);
    }

    public static Outcome<ImportTable> Read(Stream file, string path, string? sheet)
    {
        try
        {
            using var workbook = ExcelReaderFactory.CreateReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
            var names = new List<string>();
            do
            {
                names.Add(workbook.Name);
                if (sheet is null || workbook.Name.Equals(sheet, StringComparison.OrdinalIgnoreCase))
                {
                    return Read(workbook);
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

    private static Outcome<ImportTable> Read(IExcelDataReader sheet)
    {
        var (line, rows) = (0, new List<ImportRow>());
        string[]? header = null;
        while (sheet.Read())
        {
            line++;
            var cells = Enumerable.Range(0, sheet.FieldCount).Select(i => Text(sheet.GetValue(i))).ToArray();
            if (cells.All(string.IsNullOrWhiteSpace))
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
