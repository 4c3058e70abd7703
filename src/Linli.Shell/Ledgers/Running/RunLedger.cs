using Linli.Kernel;
using Linli.Shell.Ledgers.Formulas;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Running;

/// <param name="Lines">Written, without totals.</param>
/// <param name="Read">Of the source.</param>
/// <param name="IsCut">There was more than was to be read.</param>
internal sealed record LedgerResult(int Lines, int Read, bool IsCut);

/// <summary>Fills a ledger: reads the source, reckons, orders, groups and writes. Holds lines only where they have to be put in order.</summary>
internal sealed class RunLedger(Texts texts)
{
    /// <summary>Lines that may be held to be put in order.</summary>
    public const int MostHeld = 200_000;

    private const int MostGroupLines = 20_000;

    /// <param name="plan">What.</param>
    /// <param name="output">Where to.</param>
    /// <param name="progress">Told how many rows were read, now and then.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<Outcome<LedgerResult>> HandleAsync(LedgerPlan plan, ILedgerOutput output, Func<int, Task>? progress, CancellationToken cancellation)
    {
        await output.BeginAsync(plan.Sheet, cancellation);
        var written = new GroupedLines(plan, output, texts);
        List<object?[]> held = [];
        var read = 0;
        await foreach (var row in plan.Source.RowsAsync(plan.Query, cancellation).WithCancellation(cancellation))
        {
            read++;
            if (progress is not null && read % 1_000 == 0)
            {
                await progress(read);
            }

            if (Reckon(plan, row) is not { } values)
            {
                continue;
            }

            if (plan.Definition.OnlyTotals)
            {
                if (written.Tally(values, plan.Record is { } record ? row[record] as string : null) > MostGroupLines)
                {
                    return new Failure.Conflict("too_many_groups", "分组太多，超过 {0} 行。请换一个分组的列。", MostGroupLines);
                }
            }
            else if (!plan.IsHeld)
            {
                await written.WriteAsync(values, cancellation);
            }
            else if (held.Count >= MostHeld)
            {
                return new Failure.Conflict("too_many_rows", "要排序或分组的超过 {0} 行。请把范围选小一些，或不排序、不分组。", MostHeld);
            }
            else
            {
                held.Add(values);
            }
        }

        if (plan.IsHeld)
        {
            await WriteInOrderAsync(plan, held, written, cancellation);
        }

        await written.EndAsync(cancellation);
        await output.EndAsync(cancellation);
        return new LedgerResult(written.Lines, read, read >= plan.Query.Most);
    }

    /// <summary>The values of one line; null where the condition does not hold.</summary>
    private static object?[]? Reckon(LedgerPlan plan, object?[] row)
    {
        var values = new object?[plan.Slots];
        for (var i = 0; i < row.Length; i++)
        {
            values[i] = row[i] is DateTimeOffset at ? LocalTime.Of(at).DateTime : row[i];
        }

        foreach (var slot in plan.Marks)
        {
            values[slot] = values[slot] is null or "" ? null : "✓";
        }

        var scope = new FormulaScope(values, plan.Query.Now, plan.Calendar);
        foreach (var (slot, formula) in plan.Calculated)
        {
            values[slot] = formula.Of(scope);
        }

        return plan.Where is null || plan.Where.Of(scope) is true ? values : null;
    }

    private static async Task WriteInOrderAsync(LedgerPlan plan, List<object?[]> held, GroupedLines written, CancellationToken cancellation)
    {
        var orders = plan.Groups.Concat(plan.Sort).ToList();
        var places = Enumerable.Range(0, held.Count).ToArray();
        Array.Sort(places, (a, b) =>
        {
            foreach (var order in orders)
            {
                if (CellOrder.Compare(held[a][order.Slot], held[b][order.Slot], order.Ranks, order.Descending) is var way && way != 0)
                {
                    return way;
                }
            }

            return a.CompareTo(b);   // as the source had them
        });
        foreach (var place in places)
        {
            await written.WriteAsync(held[place], cancellation);
            held[place] = [];
        }
    }
}
