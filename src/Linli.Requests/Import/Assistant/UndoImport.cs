using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Import.Assistant;

/// <param name="Left">What stays, and why.</param>
internal sealed record UndoneImport(int Undone, IReadOnlyList<ImportFlaw> Left);

/// <summary>Takes back what an import did, within a day, and only what nobody has touched since.</summary>
internal sealed class UndoImport(LinliDb db, ImportAssistant assistant, RequestRows requests, IEnumerable<IRowTarget> targets, FieldCipher cipher, TimeProvider time)
{
    public async Task<Outcome<UndoneImport>> RunAsync(Actor by, Guid id, CancellationToken cancellation)
    {
        if (await assistant.FindAsync(by, id, cancellation) is not { State: ImportState.Done } batch)
        {
            return ImportAssistant.Unknown;
        }

        var now = time.GetUtcNow();
        if (batch.EndedAt + ImportAssistant.Undoable < now)
        {
            return new Failure.Conflict("import_too_old", "导入已经超过一天，不能再撤销。请逐个更正。");
        }

        var target = targets.SingleOrDefault(t => t.Kind == batch.Kind);
        var items = (await db.Set<ImportItem>().AsNoTracking().Where(i => i.BatchId == id).OrderByDescending(i => i.Row).ToListAsync(cancellation)).Where(i => !ImportAssistant.IsRejected(i)).ToList();
        var left = new List<ImportFlaw>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (var item in items)
        {
            var problem = target is null ? await requests.UndoAsync(item, cancellation) : await target.UndoAsync(by, item, ImportAssistant.BeforeOf(cipher, item), cancellation);
            if (problem is not null)
            {
                db.ChangeTracker.Clear();
                left.Add(new ImportFlaw(item.Row, null, problem));
            }
            else if (db.HasChanges)
            {
                await db.CommitAsync(by.Act("requests.undo-import-row", now, $"{batch.FileName} {item.Row}"), cancellation);
            }
        }

        db.ChangeTracker.Clear();
        var kept = await db.Set<ImportBatch>().SingleAsync(b => b.Id == id, cancellation);
        kept.UndoneAt = now;
        kept.State = left.Count == 0 ? ImportState.Undone : ImportState.Done;
        await db.CommitAsync(by.Act("requests.undo-import", now, batch.FileName, $"{items.Count - left.Count}/{items.Count}"), cancellation);
        await transaction.CommitAsync(cancellation);
        if (target is not null)
        {
            await target.EndedAsync(cancellation);
        }

        left.Reverse();
        return new UndoneImport(items.Count - left.Count, left);
    }
}
