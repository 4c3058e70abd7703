using System.Globalization;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Ledgers.Keeping;
using Linli.Shell.Ledgers.Output;
using Linli.Shell.Ledgers.Running;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Ledgers.Exports;

/// <summary>Somebody wants to take a ledger along. A short one is made while they wait, a long one in the background.</summary>
internal sealed class AskExport(LinliDb db, FindLedgers find, PlanLedger plans, MakeExports make, IOptions<LedgersOptions> options, TimeProvider clock)
{
    public async Task<Outcome<LedgerExport>> HandleAsync(Actor actor, string id, LedgerFormat format, CancellationToken cancellation)
    {
        var found = await find.OneAsync(actor, id, cancellation);
        if (!found.Succeeded || !Enum.IsDefined(format))
        {
            return found.Failure ?? UnknownFormat;
        }

        return found.Value.Told(await HandleAsync(actor, found.Value.Definition, id, format, cancellation));
    }

    /// <summary>A list as it stands, which nobody saved.</summary>
    public Task<Outcome<LedgerExport>> HandleAsync(Actor actor, LedgerDefinition draft, LedgerFormat format, CancellationToken cancellation) => HandleAsync(actor, draft, draft.Source, format, cancellation);

    private static Failure UnknownFormat { get; } = new Failure.Invalid("format", "格式是 xlsx 或 csv。");

    private async Task<Outcome<LedgerExport>> HandleAsync(Actor actor, LedgerDefinition definition, string id, LedgerFormat format, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(format))
        {
            return UnknownFormat;
        }

        var now = clock.GetUtcNow();
        var day = DateOnly.FromDateTime(LocalTime.Of(now).DateTime);
        var plan = await plans.HandleAsync(definition, new LedgerOccasion(actor, now, day, IsInPerson: true), cancellation);
        if (!plan.Succeeded)
        {
            return plan.Failure;
        }

        var total = await plan.Value.Source.CountAsync(plan.Value.Query, cancellation);
        if (format == LedgerFormat.Xlsx && !definition.OnlyTotals && total > XlsxOutput.MostLines)
        {
            return new Failure.Conflict("too_many_rows", "XLSX 最多 {0} 行，这个台账有 {1} 行。请下载 CSV，或把范围选小一些。", XlsxOutput.MostLines, total);
        }

        if (await db.Set<LedgerExport>().CountAsync(e => e.AccountId == actor.Id && (e.State == ExportState.Waiting || e.State == ExportState.Running), cancellation) is var waiting && waiting >= options.Value.MostWaiting)
        {
            return new Failure.Conflict("too_many_exports", "您有 {0} 个导出还没做完，请等它们做完。", waiting);
        }

        var export = new LedgerExport
        {
            Id = Guid.CreateVersion7(now), AccountId = actor.Id, LedgerId = Guid.TryParse(id, out var ledger) ? ledger : null, Name = PlanLedger.NameOf(definition), Definition = JsonSerializer.Serialize(definition, Json.Plain),
            Format = format, Language = SheetLanguage.Of(definition, Texts.IsEnglish), Day = day, AskedAt = now.ToUniversalTime(), ExpiresAt = now.AddDays(options.Value.KeptDays).ToUniversalTime(),
            Total = total, IsPersonal = plan.Value.IsPersonal,
        };
        db.Add(export);

        // Before the first line is written: what cannot be recorded is not taken along.
        await db.CommitAsync(actor.Act(plan.Value.IsPersonal ? "ledgers.export-personal" : "ledgers.export", now, id, string.Create(CultureInfo.InvariantCulture, $"{format} {total}")), cancellation);
        db.ChangeTracker.Clear();
        if (total <= options.Value.AtOnce)
        {
            await make.OneAsync(export.Id, cancellation);
        }

        return await db.Set<LedgerExport>().AsNoTracking().SingleAsync(e => e.Id == export.Id, cancellation);
    }
}
