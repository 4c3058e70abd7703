using Linli.Kernel;
using Linli.Kernel.People;

namespace Linli.Requests.Import.Assistant;

/// <param name="Row">As the file counts them, from 1.</param>
internal sealed record ImportNews(int Row, TakenRow Taken);

internal sealed record TriedRows(IReadOnlyList<ImportFlaw> Flaws, IReadOnlyList<ImportNews> News, int Right, int Known, int Count);

/// <summary>Tries rows as the import would take them, in transactions that are taken back; short ones, because others wait for the store meanwhile.</summary>
internal sealed class TryRows(LinliDb db, IEnumerable<IRowTarget> targets)
{
    public const int Most = 1_000;
    private const int AtOnce = 100;

    public async Task<TriedRows> RunAsync(Actor by, ImportSheet sheet, int from, CancellationToken cancellation)
    {
        var target = targets.Single(t => t.Kind == sheet.Kind);
        var (flaws, news, right, known) = (new List<ImportFlaw>(), new List<ImportNews>(), 0, 0);
        var twice = target.TwiceIn(sheet);
        var named = sheet.Table.Rows.Index().SelectMany(r => target.NamesOf(sheet, r.Item).Select(n => (Name: n, r.Index))).ToLookup(n => n.Name, n => n.Index);
        var chosen = Enumerable.Range(from, Math.Min(Most, sheet.Table.Rows.Count - from)).ToList();
        foreach (var part in chosen.Chunk(AtOnce))
        {
            await using (await db.Database.BeginTransactionAsync(cancellation))
            {
                foreach (var above in Above(part))
                {
                    await TakeAsync(sheet.Table.Rows[above]);
                }

                foreach (var row in part.Select(i => sheet.Table.Rows[i]))
                {
                    var taken = await TakeAsync(row);
                    (right, known) = !taken.Succeeded ? (right, known) : taken.Value.IsKnown ? (right, known + 1) : (right + 1, known);
                    news.AddRange(taken.Succeeded ? [new ImportNews(row.Line, taken.Value)] : []);
                    flaws.AddRange(taken.Succeeded ? [] : ImportAssistant.ProblemsOf(taken.Failure).Select(p => sheet.Flaw(row, p)));
                }
            }
        }

        return new TriedRows(flaws, news, right, known, chosen.Count);

        async Task<Outcome<TakenRow>> TakeAsync(ImportRow row)
        {
            var taken = (row.Broken ?? twice.GetValueOrDefault(row)) is { } broken ? new Failure.Invalid([broken]) : await target.TakeAsync(by, sheet, row, cancellation);
            db.ChangeTracker.Clear();
            return taken;
        }

        // Rows before this part that it builds on, and what those build on.
        IEnumerable<int> Above(int[] part)
        {
            var (needed, open) = (new SortedSet<int>(), new Stack<int>(part));
            while (open.TryPop(out var at))
            {
                foreach (var above in target.ReachesOf(sheet, sheet.Table.Rows[at]).SelectMany(n => named[n]).Where(i => i < part[0] && needed.Add(i)))
                {
                    open.Push(above);
                }
            }

            return needed;
        }
    }
}
