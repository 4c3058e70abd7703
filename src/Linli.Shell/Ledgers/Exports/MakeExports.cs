using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Linli.Shell.Ledgers.Output;
using Linli.Shell.Ledgers.Running;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Ledgers.Exports;

/// <summary>
/// Makes the exports that wait, one after the other, with the permissions that whoever asked has at this moment. An instance that ends in the middle
/// leaves it to the next: when its lease runs out the export is begun anew.
/// </summary>
internal sealed class MakeExports(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MakeExports> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(15);

    public async Task HandleAsync(CancellationToken cancellation)
    {
        while (await NextAsync(cancellation) is { } id)
        {
            await OneAsync(id, cancellation);
        }
    }

    /// <summary>Nothing happens where another instance has it in hand.</summary>
    public async Task OneAsync(Guid id, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
        var now = clock.GetUtcNow().ToUniversalTime();
        var taken = await db.Set<LedgerExport>().Where(e => e.Id == id && (e.State == ExportState.Waiting || (e.State == ExportState.Running && e.LeaseUntil < now)))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.State, ExportState.Running).SetProperty(e => e.LeaseUntil, now + Lease).SetProperty(e => e.Read, 0), cancellation);
        if (taken == 0)
        {
            return;
        }

        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            var export = await db.Set<LedgerExport>().SingleAsync(e => e.Id == id, cancellation);
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(export.Language);
            await MakeAsync(scope.ServiceProvider, db, export, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await EndAsync(id, ExportState.Waiting, null);
            throw;
        }
        catch (Exception exception)
        {
            log.LogError(exception, "The export {Export} failed", id);
            await EndAsync(id, ExportState.Failed, scope.ServiceProvider.GetRequiredService<Texts>()["没有做成，请再试一次；还是不行请告诉管理员。"]);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private async Task<Guid?> NextAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow().ToUniversalTime();
        return await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<LedgerExport>().AsNoTracking()
            .Where(e => e.State == ExportState.Waiting || (e.State == ExportState.Running && e.LeaseUntil < now))
            .OrderBy(e => e.AskedAt).ThenBy(e => e.Id).Select(e => (Guid?)e.Id).FirstOrDefaultAsync(cancellation);
    }

    private async Task MakeAsync(IServiceProvider services, LinliDb db, LedgerExport export, CancellationToken cancellation)
    {
        var texts = services.GetRequiredService<Texts>();
        var reader = (await services.GetRequiredService<LoadActor>().FindAsync(export.AccountId, null, cancellation))?.Actor;
        if (reader is not { IsStaff: true })
        {
            await EndAsync(export.Id, ExportState.Failed, texts["您现在没有岗位，不能再导出。"]);
            return;
        }

        var definition = JsonSerializer.Deserialize<LedgerDefinition>(export.Definition, Json.Plain)!;
        var isByItself = export.ScheduledFor is not null;
        var plan = await services.GetRequiredService<PlanLedger>().HandleAsync(definition, new LedgerOccasion(reader, clock.GetUtcNow(), export.Day, IsInPerson: !isByItself), cancellation);
        if (!plan.Succeeded)
        {
            await EndAsync(export.Id, ExportState.Failed, plan.Failure is Failure.Invalid wrong ? string.Join(' ', wrong.Problems.Select(texts.Of)) : texts.Of(plan.Failure));
            return;
        }

        if (isByItself)
        {
            export.Total = await plan.Value.Source.CountAsync(plan.Value.Query, cancellation);
            await db.Set<LedgerExport>().Where(e => e.Id == export.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Total, export.Total), cancellation);
        }

        using var file = services.GetRequiredService<IncomingFiles>().New();
        var result = await WriteAsync(services, plan.Value, export, file.Path, cancellation);
        if (!result.Succeeded)
        {
            await EndAsync(export.Id, ExportState.Failed, texts.Of(result.Failure));
            return;
        }

        await KeepAsync(services, db, export, reader, plan.Value, result.Value, file, cancellation);
    }

    private async Task<Outcome<LedgerResult>> WriteAsync(IServiceProvider services, LedgerPlan plan, LedgerExport export, string path, CancellationToken cancellation)
    {
        await using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 131_072);
        await using var output = (IAsyncDisposable)(export.Format == LedgerFormat.Csv ? new CsvOutput(stream, plan.Definition.OnlyTotals) : new XlsxOutput(stream, plan.Definition.OnlyTotals));
        return await services.GetRequiredService<RunLedger>().HandleAsync(plan, (ILedgerOutput)output, read => TellAsync(export.Id, read, cancellation), cancellation);
    }

    /// <summary>How far it is, and that it is still in hand.</summary>
    private async Task TellAsync(Guid id, int read, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var until = clock.GetUtcNow().ToUniversalTime() + Lease;
        await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<LedgerExport>().Where(e => e.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.Read, read).SetProperty(e => e.LeaseUntil, until), cancellation);
    }

    private async Task KeepAsync(IServiceProvider services, LinliDb db, LedgerExport export, Actor reader, LedgerPlan plan, LedgerResult result, IncomingFile file, CancellationToken cancellation)
    {
        string hash;
        long length;
        await using (var stream = File.OpenRead(file.Path))
        {
            (hash, length) = (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)), stream.Length);
        }

        var now = clock.GetUtcNow().ToUniversalTime();
        var kept = new EvidenceFile
        {
            Id = Guid.CreateVersion7(now), Sha256 = hash, ContentType = LedgerFiles.TypeOf(export.Format), Length = length, OriginalName = null,
            UploadedAt = now, UploadedByKind = ActorKind.Staff, UploadedById = reader.Id, Scan = ScanState.Clean,
        };
        kept.Claim(now);   // nobody's but this export's: no list of files leads to it
        db.Add(kept);
        (export.FileId, export.Length, export.Lines, export.IsPersonal) = (kept.Id, length, result.Lines, plan.IsPersonal);
        (export.State, export.Read, export.DoneAt, export.LeaseUntil) = (ExportState.Done, result.Read, now, null);
        if (export.ScheduledFor is not null || now - export.AskedAt > Slow)
        {
            await services.GetRequiredService<Notify>().HandleAsync(new Notification([Recipients.Person(export.AccountId)],
                new NoticeText("台账“{0}”做好了，共 {1} 行，可以下载。", export.Name, result.Lines), LedgerFiles.Address), null, cancellation);
        }

        await services.GetRequiredService<EvidenceStore>().PlaceAsync(hash, file, null, cancellation);   // before it is said to be there; the sweep finds what is not committed
        await db.CommitAsync(reader.Act("ledgers.made", now, $"{export.Id}", string.Create(CultureInfo.InvariantCulture, $"{export.Format} {result.Lines}")), cancellation);
    }

    /// <summary>By itself, also while the process ends.</summary>
    private async Task EndAsync(Guid id, ExportState state, string? problem)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<LedgerExport>().Where(e => e.Id == id && e.State == ExportState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.State, state).SetProperty(e => e.Problem, problem).SetProperty(e => e.LeaseUntil, (DateTimeOffset?)null), CancellationToken.None);
    }
}
