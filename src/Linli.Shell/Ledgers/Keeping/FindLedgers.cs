using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Running;
using Linli.Shell.Ledgers.Timetables;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Ledgers.Keeping;

/// <summary>A ledger as its reader has it.</summary>
/// <param name="Id">Id of a saved one, code of a ready-made one.</param>
/// <param name="IsOwn">May change, share and remove it.</param>
/// <param name="Owner">Who put it together; null for ready-made ones.</param>
public sealed record LedgerView(string Id, string Name, string Source, string SourceName, bool IsOwn, string? Owner, LedgerSharing Sharing, LedgerTimetable Timetable, LedgerDefinition Definition, int Version)
{
    /// <summary>What is wrong with somebody else's ledger is not for its reader to mend: they are told that it is none for them.</summary>
    internal Outcome<T> Told<T>(Outcome<T> outcome) where T : notnull => IsOwn || outcome.Failure is not Failure.Invalid ? outcome : new Failure.Forbidden("这个台账用了您的岗位不能用的列、筛选或期间，您打不开它。请选别的台账，或自己搭一个。");
}

/// <param name="ForAll">Everybody who may see such records at all.</param>
/// <param name="Roles">Holders of these roles.</param>
/// <param name="Organisations">People of these organisations and those below.</param>
public sealed record LedgerSharing(bool ForAll = false, IReadOnlyList<Role>? Roles = null, IReadOnlyList<Guid>? Organisations = null);

/// <param name="Day">Weekly: 1 to 7 from Monday; monthly: 1 to 31.</param>
/// <param name="At">By the county's clock, 08:30.</param>
/// <param name="NextAt">When it is made next; only read.</param>
/// <param name="IsStopped">The owner's post has ended; only read.</param>
public sealed record LedgerTimetable(TimetableKind Kind, int Day = 1, string At = "08:00", LedgerFormat Format = LedgerFormat.Xlsx, DateTimeOffset? NextAt = null, bool IsStopped = false);

/// <summary>Which ledgers somebody has: their own, those shared with them, the ready-made ones; always only of sources that they may use. Programs have the ready-made ones: what colleagues share was named and narrowed for colleagues.</summary>
internal sealed class FindLedgers(LinliDb db, ReadyLedgers ready, PlanLedger plans)
{
    private const int MostListed = 500;

    public static Failure Unknown { get; } = new Failure.NotFound("没有这个台账，或者您不能看。");

    public async Task<IReadOnlyList<LedgerView>> ListAsync(Actor reader, CancellationToken cancellation)
    {
        var saved = reader.Program is not null ? [] : await db.Set<Ledger>().AsNoTracking().OrderBy(l => l.Name).ThenBy(l => l.Id).Take(MostListed)
            .Join(db.Set<Account>(), l => l.OwnerId, a => a.Id, (l, a) => new { Ledger = l, Owner = a.Name }).ToListAsync(cancellation);
        return
        [
            .. ready.All.Select(r => Ready(reader, r.Code, r.Definition)).OfType<LedgerView>().Where(l => IsFor(reader, l)),
            .. saved.Where(s => s.Ledger.OwnerId == reader.Id || s.Ledger.IsSharedWith(reader)).Select(s => Saved(reader, s.Ledger, s.Owner)).OfType<LedgerView>().Where(l => IsFor(reader, l)),
        ];
    }

    public async Task<Outcome<LedgerView>> OneAsync(Actor reader, string id, CancellationToken cancellation)
    {
        if (ready.Find(id) is { } shipped)
        {
            return Ready(reader, id, shipped) is { } view ? IsFor(reader, view) ? view : PlanLedger.TotalsAlone : Unknown;
        }

        if (reader.Program is not null)
        {
            return Unknown;
        }

        var found = Guid.TryParse(id, out var key) ? await db.Set<Ledger>().AsNoTracking().Where(l => l.Id == key)
            .Join(db.Set<Account>(), l => l.OwnerId, a => a.Id, (l, a) => new { Ledger = l, Owner = a.Name }).SingleOrDefaultAsync(cancellation) : null;
        return found is not null && (found.Ledger.OwnerId == reader.Id || found.Ledger.IsSharedWith(reader)) && Saved(reader, found.Ledger, found.Owner) is { } saved
            ? IsFor(reader, saved) ? saved : PlanLedger.TotalsAlone : Unknown;
    }

    /// <summary>Lists are not offered to those who have totals alone; one's own, from another post, can still be changed and removed.</summary>
    private bool IsFor(Actor reader, LedgerView ledger) => ledger.IsOwn || ledger.Definition.OnlyTotals || plans.SourceOf(reader, ledger.Source)?.HasLinesFor(reader) == true;

    private LedgerView? Ready(Actor reader, string code, LedgerDefinition definition) => plans.SourceOf(reader, definition.Source) is { } source
        ? new LedgerView(code, PlanLedger.NameOf(definition), source.Key, Text.Texts.Pick(source.Zh, source.En), false, null, new LedgerSharing(), new LedgerTimetable(TimetableKind.Never), definition, 0)
        : null;

    private LedgerView? Saved(Actor reader, Ledger ledger, string owner)
    {
        var definition = ledger.Read();
        if (plans.SourceOf(reader, definition.Source) is not { } source)
        {
            return null;
        }

        var isOwn = ledger.OwnerId == reader.Id;
        return new LedgerView($"{ledger.Id}", PlanLedger.NameOf(definition), source.Key, Text.Texts.Pick(source.Zh, source.En), isOwn, owner,
            isOwn ? new LedgerSharing(ledger.IsForAll, [.. ledger.SharedRoles.Select(Enum.Parse<Role>)], [.. ledger.SharedOrganisations.Select(Guid.Parse)]) : new LedgerSharing(),
            isOwn ? TimetableOf(ledger) : new LedgerTimetable(TimetableKind.Never), definition, ledger.Version);
    }

    internal static LedgerTimetable TimetableOf(Ledger ledger) => new(
        ledger.Timetable, Math.Max(1, ledger.TimetableDay), TimeOnly.MinValue.AddMinutes(ledger.TimetableMinutes).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), ledger.TimetableFormat, ledger.NextAt, ledger.IsStopped);
}
