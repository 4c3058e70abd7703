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

    private const double MostExact = 1e15;

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

    /// <summary>Sheets that can be seen; none for what is no workbook, or cannot be read.</summary>
    public static IReadOnlyList<string> Names(Stream file)
    {
        if (!IsWorkbook(file) || (file.ReadByte() == 'P' && !OfficePackage.IsBounded(file, MostUnpacked)))
        {
            return [];
        }

        try
        {
            file.Position = 0;
            using var workbook = ExcelReaderFactory.CreateReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
            var names = new List<string>();
            do
            {
                if (workbook.VisibleState is null or "visible")
                {
                    names.Add(workbook.Name);
                }
            }
            while (workbook.NextResult());

            return names;
        }
        catch (Exception wrong) when (wrong is ExcelReaderException or InvalidDataException or IOException or System.Xml.XmlException)
        {
            return [];
        }
    }

    private static Outcome<ImportTable> Read(IExcelDataReader sheet, string path, Func<string[], bool>? isHeader)
    {
        if (sheet.FieldCount > MostColumns)
        {
            return new Failure.Invalid("file", "文件 {0} 有 {1} 列，最多 {2} 列。请删去右边多余的列再试。", path, sheet.FieldCount, MostColumns);
        }

        var (line, rows, levels, merged) = (0, new List<ImportRow>(), new List<string[]>(), new MergedCells(sheet.MergeCells ?? []));
        var (first, last) = (0, 0);
        string[]? header = null;
        while (rows.Count <= ImportTable.MostRows && line < MostLines && sheet.Read())
        {
            line++;
            var cells = Enumerable.Range(0, header is null ? sheet.FieldCount : Math.Min(header.Length, sheet.FieldCount)).Select(i => Text(sheet, i)).ToArray();
            var isBlank = cells.All(string.IsNullOrWhiteSpace);
            merged.Fill(line - 1, cells);
            if (levels.Count == 0 && (isBlank || isHeader?.Invoke(cells) == false))
            {
                continue;
            }

            if (header is null && levels.Count > 0 && line - 1 > last && !merged.HasPartsIn(line - 1, levels[^1], cells, levels.Count))
            {
                header = Headings();
            }

            if (header is null)
            {
                (first, last) = levels.Count == 0 ? (line - 1, line - 1) : (first, last);
                last = merged.LastHeading(line - 1, last);
                levels.Add(cells);
            }
            else if (!isBlank)
            {
                Array.Resize(ref cells, header.Length);
                rows.Add(new ImportRow(line, [.. cells.Select(c => c ?? "")], LostDigits(sheet, header)));
            }
        }

        header ??= levels.Count > 0 ? Headings() : null;
        return header is null
            ? new Failure.Invalid("file", "文件里没有表头。第一行应当是列名。")
            : new ImportTable($"Excel, {sheet.Name}", header, rows);

        // Empty columns at the right are formatting, not data.
        string[] Headings() => merged.Headings(first, levels) is var all ? [.. all[..(Array.FindLastIndex(all, c => c.Length > 0) + 1)]] : [];
    }

    /// <summary>Excel keeps fifteen digits of a number: of a longer one the rest is gone, and two of them look the same.</summary>
    private static FieldProblem? LostDigits(IExcelDataReader sheet, string[] header) =>
        Enumerable.Range(0, Math.Min(header.Length, sheet.FieldCount)).Where(i => sheet.GetValue(i) is double number && Math.Abs(number) >= MostExact).Select(i => (int?)i).FirstOrDefault() is { } at
            ? new FieldProblem("row", "“{0}”这一列的长数字只剩前 15 位，末几位在 Excel 里已经变成 0。请把这一列设成文本重新填写，或删掉这一列。", header[at]) : null;

    /// <summary>As a CSV export would write it: whole numbers without a fraction but with the zeros in front that the sheet shows, times as year-month-day.</summary>
    private static string Text(IExcelDataReader sheet, int column) => sheet.GetValue(column) switch
    {
        null => "",
        double number when number == Math.Truncate(number) && Math.Abs(number) < MostExact =>
            ((long)number).ToString(sheet.GetNumberFormatString(column) is { Length: > 1 and <= 15 } format && format.All(c => c == '0') ? format : "0", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        var value => value.ToString() ?? "",
    };
}
