using Linli.Shell.Ledgers.Running;

namespace Linli.Shell.Ledgers.Output;

/// <summary>One line as text.</summary>
/// <param name="Kind">row, subtotal or total.</param>
public sealed record TableLine(LedgerLineKind Kind, IReadOnlyList<string> Cells);

/// <summary>For screens and programs: the first lines as text, in memory.</summary>
internal sealed class TableOutput(int most, bool isOnlyTotals) : ILedgerOutput
{
    private readonly List<TableLine> _lines = [];

    public LedgerSheet? Sheet { get; private set; }

    public IReadOnlyList<TableLine> Lines => _lines;

    /// <summary>There are more than fit.</summary>
    public bool IsFull { get; private set; }

    public Task BeginAsync(LedgerSheet sheet, CancellationToken cancellation)
    {
        Sheet = sheet;
        return Task.CompletedTask;
    }

    public ValueTask WriteAsync(LedgerLine line, CancellationToken cancellation)
    {
        if (_lines.Count < most || line.Kind == LedgerLineKind.Total)
        {
            _lines.Add(new TableLine(line.Kind, [.. line.Cells.Select((c, i) => CellText.Of(c, CellText.LookOf(Sheet!.Columns[i], line.Kind, isOnlyTotals)))]));
        }
        else
        {
            IsFull = true;
        }

        return ValueTask.CompletedTask;
    }

    public Task EndAsync(CancellationToken cancellation) => Task.CompletedTask;
}
