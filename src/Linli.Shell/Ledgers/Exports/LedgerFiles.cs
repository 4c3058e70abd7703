using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Ledgers.Exports;

/// <summary>An export as whoever asked for it sees it.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Problem">Why it failed.</param>
public sealed record LedgerExportView(
    Guid Id, string Name, LedgerFormat Format, ExportState State, int Percent, int Total, int Lines, long Length, bool IsScheduled, bool IsPersonal, DateTimeOffset AskedAt, DateTimeOffset? DoneAt, DateTimeOffset ExpiresAt, string? Problem);

/// <summary>The exports of one person, and their files. Nobody else's exist for them.</summary>
internal sealed class LedgerFiles(LinliDb db, EvidenceStore store, EvidenceRemoval removal, TimeProvider clock)
{
    public const string Address = "/work/ledgers/exports";
    private const int MostListed = 200;
    private const int Batch = 100;

    public static Failure Unknown { get; } = new Failure.NotFound("没有这个导出，或者它已经过期删除。");

    public async Task<IReadOnlyList<LedgerExportView>> ListAsync(Actor reader, CancellationToken cancellation) =>
        [.. (await Own(reader).OrderByDescending(e => e.AskedAt).ThenBy(e => e.Id).Take(MostListed).ToListAsync(cancellation)).Select(Of)];

    public async Task<Outcome<LedgerExportView>> OneAsync(Actor reader, Guid id, CancellationToken cancellation) =>
        await Own(reader).SingleOrDefaultAsync(e => e.Id == id, cancellation) is { } found ? Of(found) : Unknown;

    /// <summary>The bytes and a name to save them under. Fetching what holds personal data is an entry of its own.</summary>
    public async Task<Outcome<(Stream Content, string Name, string Type)>> OpenAsync(Actor reader, Guid id, CancellationToken cancellation)
    {
        var export = await Own(reader).SingleOrDefaultAsync(e => e.Id == id, cancellation);
        if (export is null || (export.State == ExportState.Done && export.FileId is null))
        {
            return Unknown;
        }

        if (export.State != ExportState.Done)
        {
            return new Failure.Conflict("not_ready", "这个导出还没有做好。");
        }

        var hash = await db.Set<EvidenceFile>().AsNoTracking().Where(f => f.Id == export.FileId).Select(f => f.Sha256).SingleOrDefaultAsync(cancellation);
        if (hash is null || await store.OpenAsync(hash, thumbnail: false, cancellation) is not { } opened)
        {
            return Unknown;
        }

        if (export.IsPersonal)
        {
            await db.CommitAsync(reader.Act("ledgers.fetch-personal", clock.GetUtcNow(), $"{export.Id}"), cancellation);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{string.Concat(export.Name.Where(c => !char.IsControl(c) && !"\\/:*?\"<>|".Contains(c, StringComparison.Ordinal)))} {export.Day:yyyy-MM-dd}.{EndingOf(export.Format)}");
        return (opened.Content, name, TypeOf(export.Format));
    }

    public async Task<Outcome<string>> RemoveAsync(Actor reader, Guid id, CancellationToken cancellation)
    {
        var export = await db.Set<LedgerExport>().SingleOrDefaultAsync(e => e.Id == id && e.AccountId == reader.Id, cancellation);
        if (export is null)
        {
            return Unknown;
        }

        await EraseAsync([export], reader.Act("ledgers.remove-export", clock.GetUtcNow(), $"{id}"), cancellation);
        return $"{id}";
    }

    /// <summary>Deletes what has been kept long enough.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        while (await db.Set<LedgerExport>().Where(e => e.ExpiresAt < now).OrderBy(e => e.ExpiresAt).Take(Batch).ToListAsync(cancellation) is { Count: > 0 } old)
        {
            try
            {
                await EraseAsync(old, Act.BySystem("ledgers.sweep", now, $"{old.Count}"), cancellation);
            }
            catch (DbUpdateConcurrencyException)
            {
                return;   // another instance sweeps
            }
        }
    }

    public static string TypeOf(LedgerFormat format) => format == LedgerFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static string EndingOf(LedgerFormat format) => format == LedgerFormat.Csv ? "csv" : "xlsx";

    public static LedgerExportView Of(LedgerExport e) => new(
        e.Id, e.Name, e.Format, e.State, e.State == ExportState.Done ? 100 : e.Total == 0 ? 0 : (int)Math.Min(99, 100L * e.Read / e.Total), e.Total, e.Lines, e.Length,
        e.ScheduledFor is not null, e.IsPersonal, e.AskedAt, e.DoneAt, e.ExpiresAt, e.Problem);

    private async Task EraseAsync(List<LedgerExport> exports, Act act, CancellationToken cancellation)
    {
        db.RemoveRange(exports);
        var gone = await removal.TakeOutAsync([.. exports.Select(e => e.FileId).OfType<Guid>()], cancellation);
        await db.CommitAsync(act, cancellation);
        await removal.ForgetBytesAsync(gone, cancellation);
    }

    private IQueryable<LedgerExport> Own(Actor reader)
    {
        var now = clock.GetUtcNow().ToUniversalTime();
        return db.Set<LedgerExport>().AsNoTracking().Where(e => e.AccountId == reader.Id && e.ExpiresAt > now);
    }
}
