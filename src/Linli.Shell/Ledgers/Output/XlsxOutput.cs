using System.Globalization;
using System.IO.Compression;
using System.Xml;
using Linli.Shell.Ledgers.Running;

namespace Linli.Shell.Ledgers.Output;

/// <summary>
/// A workbook (ECMA-376) of one sheet, written line by line into the package: nothing of it is held but the list of merged cells. Texts stand in their
/// cells and are never formulas; a print has A4 pages, the headings on each, and their numbers.
/// </summary>
internal sealed class XlsxOutput : ILedgerOutput, IAsyncDisposable
{
    /// <summary>Lines that a sheet takes, with what stands around them.</summary>
    public const int MostLines = 1_000_000;

    private const int LongestCell = 32_000;
    private static readonly DateTime Epoch = new(1899, 12, 30);

    private readonly ZipArchive _package;
    private readonly bool _isOnlyTotals;
    private readonly List<string> _merged = [];
    private Stream? _part;
    private XmlWriter? _xml;
    private LedgerSheet? _sheet;
    private int _row;
    private int _headEnd;

    public XlsxOutput(Stream stream, bool isOnlyTotals) =>
        (_package, _isOnlyTotals) = (new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true), isOnlyTotals);

    public Task BeginAsync(LedgerSheet sheet, CancellationToken cancellation)
    {
        _sheet = sheet;
        _part = _package.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
        _xml = XmlWriter.Create(_part, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), CheckCharacters = false });
        _xml.WriteStartDocument(true);
        _xml.WriteStartElement("worksheet", XlsxParts.Main);
        _xml.WriteRaw("<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
        var above = (sheet.Title.Length > 0 ? 1 : 0) + (sheet.Subtitle.Length > 0 ? 1 : 0) + (sheet.LeftLine.Length + sheet.RightLine.Length > 0 ? 1 : 0);
        _headEnd = above + sheet.HeadRows;
        _xml.WriteRaw($"<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{_headEnd}\" topLeftCell=\"A{_headEnd + 1}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>");
        for (var i = 0; i < sheet.Columns.Count; i++)
        {
            _xml.WriteRaw(string.Create(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{sheet.Columns[i].Width + 0.7}\" customWidth=\"1\"/>"));
        }

        _xml.WriteRaw("</cols>");
        _xml.WriteStartElement("sheetData");
        WriteAbove(sheet);
        WriteHead(sheet);
        return Task.CompletedTask;
    }

    public ValueTask WriteAsync(LedgerLine line, CancellationToken cancellation)
    {
        var isBold = line.Kind != LedgerLineKind.Row;
        StartRow();
        for (var i = 0; i < line.Cells.Length; i++)
        {
            Value(i, line.Cells[i], CellText.LookOf(_sheet!.Columns[i], line.Kind, _isOnlyTotals), isBold);
        }

        _xml!.WriteEndElement();
        return ValueTask.CompletedTask;
    }

    public Task EndAsync(CancellationToken cancellation)
    {
        if (_sheet!.Signature.Length > 0)
        {
            StartRow();
            Words(0, _sheet.Signature, XlsxParts.Side);
            Merge(_row, 0, 1, _sheet.Columns.Count);
            _xml!.WriteEndElement();
        }

        _xml!.WriteEndElement();   // sheetData
        if (_merged.Count > 0)
        {
            _xml.WriteRaw($"<mergeCells count=\"{_merged.Count}\">{string.Concat(_merged.Select(m => $"<mergeCell ref=\"{m}\"/>"))}</mergeCells>");
        }

        _xml.WriteRaw("<printOptions horizontalCentered=\"1\"/><pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
            + $"<pageSetup paperSize=\"9\" orientation=\"{(_sheet.IsPortrait ? "portrait" : "landscape")}\" fitToWidth=\"1\" fitToHeight=\"0\"/>"
            + $"<headerFooter><oddFooter>&amp;C{(_sheet.Language == "en" ? "Page &amp;P of &amp;N" : "第 &amp;P 页，共 &amp;N 页")}</oddFooter></headerFooter>");
        _xml.WriteEndElement();
        _xml.Dispose();
        _part!.Dispose();
        XlsxParts.Write(_package, _sheet.Name, _headEnd - _sheet.HeadRows + 1, _headEnd);
        _package.Dispose();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _package.Dispose();   // nothing happens where it is finished
        return ValueTask.CompletedTask;
    }

    private void WriteAbove(LedgerSheet sheet)
    {
        var last = sheet.Columns.Count;
        foreach (var (text, style) in new[] { (sheet.Title, XlsxParts.Title), (sheet.Subtitle, XlsxParts.Subtitle) }.Where(l => l.Item1.Length > 0))
        {
            StartRow(style == XlsxParts.Title ? 30 : null);
            Words(0, text, style);
            Merge(_row, 0, 1, last);
            _xml!.WriteEndElement();
        }

        if (sheet.LeftLine.Length + sheet.RightLine.Length > 0)
        {
            var half = sheet.RightLine.Length == 0 ? last : Math.Max(1, last / 2);
            StartRow();
            Words(0, sheet.LeftLine, XlsxParts.Side);
            Merge(_row, 0, 1, half);
            if (half < last)
            {
                Words(half, sheet.RightLine, XlsxParts.SideRight);
                Merge(_row, half, 1, last - half);
            }

            _xml!.WriteEndElement();
        }
    }

    private void WriteHead(LedgerSheet sheet)
    {
        var top = _row + 1;
        for (var level = 0; level < sheet.HeadRows; level++)
        {
            StartRow();
            for (var column = 0; column < sheet.Columns.Count; column++)
            {
                var cell = sheet.Head.FirstOrDefault(h => h.Row == level && h.Column == column);
                Words(column, cell?.Text ?? "", XlsxParts.Head);   // cells below a merged one carry its border
            }

            _xml!.WriteEndElement();
        }

        foreach (var cell in sheet.Head)
        {
            Merge(top + cell.Row, cell.Column, cell.Rows, cell.Columns);
        }
    }

    private void StartRow(int? height = null)
    {
        _row++;
        _xml!.WriteStartElement("row");
        _xml.WriteAttributeString("r", _row.ToString(CultureInfo.InvariantCulture));
        if (height is { } points)
        {
            _xml.WriteAttributeString("ht", points.ToString(CultureInfo.InvariantCulture));
            _xml.WriteAttributeString("customHeight", "1");
        }
    }

    private void Value(int column, object? value, CellLook look, bool isBold)
    {
        switch (value)
        {
            case decimal number:
                Number(look == CellLook.Plain ? CellText.Plain(number) : number, XlsxParts.StyleOf(look == CellLook.Text ? CellLook.Plain : look, isBold));
                break;
            case DateOnly { Year: >= 1900 } day:
                Number((day.ToDateTime(TimeOnly.MinValue) - Epoch).Days, XlsxParts.StyleOf(CellLook.Date, isBold));
                break;
            case DateTime { Year: >= 1900 } at:
                // To the minute: what is shown is what is there.
                Number(Math.Round((decimal)(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute) - Epoch.Ticks) / TimeSpan.TicksPerDay, 9), XlsxParts.StyleOf(CellLook.Time, isBold));
                break;
            default:
                Words(column, CellText.Of(value, look), XlsxParts.StyleOf(CellLook.Text, isBold));
                break;
        }

        void Number(decimal number, int style)
        {
            _xml!.WriteStartElement("c");
            _xml.WriteAttributeString("r", XlsxParts.Cell(_row, column));
            _xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
            _xml.WriteElementString("v", number.ToString(CultureInfo.InvariantCulture));
            _xml.WriteEndElement();
        }
    }

    private void Words(int column, string text, int style)
    {
        _xml!.WriteStartElement("c");
        _xml.WriteAttributeString("r", XlsxParts.Cell(_row, column));
        _xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
        if (text.Length > 0)
        {
            _xml.WriteAttributeString("t", "inlineStr");
            _xml.WriteStartElement("is");
            _xml.WriteStartElement("t");
            _xml.WriteAttributeString("xml", "space", null, "preserve");
            _xml.WriteString(XlsxParts.Sound(text.Length > LongestCell ? text[..LongestCell] : text));
            _xml.WriteEndElement();
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    private void Merge(int row, int column, int rows, int columns)
    {
        if (rows > 1 || columns > 1)
        {
            _merged.Add($"{XlsxParts.Cell(row, column)}:{XlsxParts.Cell(row + rows - 1, column + columns - 1)}");
        }
    }
}
