using System.Text;
using Linli.Kernel;
using Linli.Shell.Ledgers.Running;

namespace Linli.Shell.Ledgers.Output;

/// <summary>
/// CSV that spreadsheets open with Chinese letters (UTF-8 with its mark) and as words and nothing else. One line of headings, merged ones in front of
/// their own, so that programs read it as well.
/// </summary>
internal sealed class CsvOutput(Stream stream, bool isOnlyTotals) : ILedgerOutput, IAsyncDisposable
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(true), 65_536, leaveOpen: true);
    private IReadOnlyList<SheetColumn> _columns = [];

    public Task BeginAsync(LedgerSheet sheet, CancellationToken cancellation)
    {
        _columns = sheet.Columns;
        var headings = sheet.Columns.Select((_, column) => string.Join('/', sheet.Head.Where(h => h.Column <= column && column < h.Column + h.Columns).OrderBy(h => h.Row).Select(h => h.Text)));
        return LineAsync(CsvTable.WordsOnly(headings), cancellation);
    }

    public async ValueTask WriteAsync(LedgerLine line, CancellationToken cancellation) => await LineAsync(CsvTable.Line(line.Cells.Select((cell, i) =>
        CellText.Of(cell, CellText.LookOf(_columns[i], line.Kind, isOnlyTotals)) is var text && cell is string ? CsvTable.Word(text) : text)), cancellation);

    public Task EndAsync(CancellationToken cancellation) => _writer.FlushAsync(cancellation);

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private Task LineAsync(string line, CancellationToken cancellation) => _writer.WriteAsync((line + "\r\n").AsMemory(), cancellation);
}
