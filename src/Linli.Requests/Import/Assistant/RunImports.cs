using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Import.Assistant;

/// <summary>Goes on with imports that were started, a few rows in a transaction with how far it is: after a crash it goes on where it was.</summary>
internal sealed class RunImports(IServiceScopeFactory scopes)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var running = await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<ImportBatch>().Where(b => b.State == ImportState.Running).OrderBy(b => b.At).Select(b => b.Id).Take(5).ToListAsync(cancellation);
        foreach (var id in running)
        {
            for (var goesOn = true; goesOn;)
            {
                await using var step = scopes.CreateAsyncScope();
                goesOn = await step.ServiceProvider.GetRequiredService<ImportStep>().RunAsync(id, cancellation);
            }
        }
    }
}

internal sealed class ImportStep(LinliDb db, ImportAssistant assistant, RequestRows requests, IEnumerable<IRowTarget> targets, LoadActor actors, FieldCipher cipher, TimeProvider time)
{
    private const int AtOnce = 50;

    /// <returns>False when it is done, or another instance is at it.</returns>
    public async Task<bool> RunAsync(Guid id, CancellationToken cancellation)
    {
        if (await db.Set<ImportBatch>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == id && b.State == ImportState.Running, cancellation) is not { } batch)
        {
            return false;
        }

        var sheet = await assistant.SheetAsync(batch, cancellation);
        var by = (await actors.FindAsync(batch.ById, null, cancellation))?.Actor;
        if (!sheet.Succeeded || by is null)
        {
            return await EndAsync(id, by ?? Actor.System, ImportState.Failed, sheet.Succeeded ? null : sheet.Failure, null, cancellation);
        }

        return batch.Kind == ImportKind.Requests ? await RequestsAsync(batch, by, sheet.Value, cancellation) : await RowsAsync(batch, by, sheet.Value, cancellation);
    }

    private async Task<bool> RequestsAsync(ImportBatch batch, Actor by, ImportSheet sheet, CancellationToken cancellation)
    {
        var done = await requests.RunAsync(by, sheet, isDryRun: false, batch.At, (row, request) =>
            db.Add(new ImportItem { BatchId = batch.Id, Row = row.Line, Subject = request.Id.ToString("N"), Mark = RequestRows.MarkOf(request) }), cancellation);
        if (!done.Succeeded)
        {
            return done.Failure is not Failure.Conflict && await EndAsync(batch.Id, by, ImportState.Failed, done.Failure, null, cancellation);
        }

        return await EndAsync(batch.Id, by, sheet.Choice.AllOrNothing && done.Value.Rejected.Count > 0 ? ImportState.Failed : ImportState.Done, null, done.Value, cancellation);
    }

    private async Task<bool> RowsAsync(ImportBatch batch, Actor by, ImportSheet sheet, CancellationToken cancellation)
    {
        var target = targets.Single(t => t.Kind == batch.Kind);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var held = (await db.Dialect.Lock(db.Set<ImportBatch>().Where(b => b.Id == batch.Id)).AsNoTracking().ToListAsync(cancellation)).SingleOrDefault();
        if (held is not { State: ImportState.Running })
        {
            return false;
        }

        var rows = sheet.Table.Rows.Skip(held.Done).Take(sheet.Choice.AllOrNothing ? int.MaxValue : AtOnce).ToList();
        var (items, imported, known, rejected) = (new List<ImportItem>(), 0, 0, 0);
        var twice = target.TwiceIn(sheet);
        foreach (var row in rows)
        {
            var taken = (row.Broken ?? twice.GetValueOrDefault(row)) is { } broken ? new Failure.Invalid([broken]) : await target.TakeAsync(by, sheet, row, cancellation);
            db.ChangeTracker.Clear();
            if (!taken.Succeeded)
            {
                rejected++;
                items.Add(ImportAssistant.RejectedItem(cipher, batch.Id, row.Line, ImportAssistant.ProblemsOf(taken.Failure)));
            }
            else if (taken.Value.IsKnown)
            {
                known++;
            }
            else
            {
                imported++;
                items.Add(new ImportItem { BatchId = batch.Id, Row = row.Line, Subject = taken.Value.Subject, Mark = taken.Value.Mark, Before = ImportAssistant.Seal(cipher, batch.Id, row.Line, taken.Value.Before) });
            }
        }

        if (sheet.Choice.AllOrNothing && rejected > 0)
        {
            await transaction.RollbackAsync(cancellation);
            db.AddRange(items.Where(ImportAssistant.IsRejected));
            return await EndAsync(batch.Id, by, ImportState.Failed, null, null, cancellation, rejected);
        }

        var kept = await db.Set<ImportBatch>().SingleAsync(b => b.Id == batch.Id, cancellation);
        (kept.Done, kept.Imported, kept.Known, kept.Rejected) = (kept.Done + rows.Count, kept.Imported + imported, kept.Known + known, kept.Rejected + rejected);
        var isOver = kept.Done >= sheet.Table.Rows.Count;
        (kept.State, kept.EndedAt) = (isOver ? ImportState.Done : ImportState.Running, isOver ? time.GetUtcNow() : null);
        db.AddRange(items);
        await db.CommitAsync(by.Act("requests.import-rows", time.GetUtcNow(), kept.FileName, $"{kept.Done}/{kept.Total}"), cancellation);
        await transaction.CommitAsync(cancellation);
        if (isOver)
        {
            await target.EndedAsync(cancellation);
        }

        return !isOver;
    }

    private async Task<bool> EndAsync(Guid id, Actor by, ImportState state, Failure? failure, ImportReport? report, CancellationToken cancellation, int rejected = 0)
    {
        var batch = await db.Set<ImportBatch>().SingleAsync(b => b.Id == id, cancellation);
        (batch.State, batch.EndedAt, batch.Trouble) = (state, time.GetUtcNow(), failure is null ? null : ImportAssistant.ProblemsOf(failure)[0].Message);
        batch.Rejected = report?.Rejected.Count ?? rejected;
        if (report is not null)
        {
            // Counted from what was written: when it was broken off in between, the rows were already there the second time.
            var imported = state != ImportState.Done ? 0 : await db.Set<ImportItem>().CountAsync(i => i.BatchId == id && i.Mark != ImportAssistant.Rejected, cancellation);
            (batch.Done, batch.Imported, batch.Known) = (batch.Total, imported, state == ImportState.Done ? Math.Max(0, report.Known - (imported - report.Imported)) : report.Known);
            db.AddRange(report.Rejected.Select(r => ImportAssistant.RejectedItem(cipher, id, r.Row.Line, [r.Problem])));
        }

        await db.CommitAsync(by.Act("requests.end-import", batch.EndedAt.Value, batch.FileName, state.ToString()), cancellation);
        return false;
    }
}
