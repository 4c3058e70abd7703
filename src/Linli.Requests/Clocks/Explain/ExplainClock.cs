using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.Clocks.Questions;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Steps;
using Linli.Shell.Accounts;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Clocks.Explain;

/// <summary>为什么是这个到期时间: the sum of one clock line by line, for its staff and its reporter.</summary>
internal sealed class ExplainClock(LinliDb db, Timekeeping timekeeping, CalendarShelf shelf, Texts texts, TimeProvider time)
{
    private static readonly CultureInfo Zh = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo En = CultureInfo.GetCultureInfo("en");

    /// <summary>Every clock of the request, in the order they started.</summary>
    public async Task<Outcome<List<ClockLine>>> ListAsync(string number, Caller caller, CancellationToken cancellation) =>
        await FindAsync(number, caller, cancellation) is { } request && await timekeeping.GetAsync(cancellation) is { } keeper
            ? request.Clocks.OrderBy(c => c.StartedAt).ThenBy(c => c.Kind).Select(c => LineOf(c, keeper)).ToList()
            : StepRunner.Unknown(number);

    public async Task<Outcome<ClockExplanation>> RunAsync(string number, Guid clockId, Caller caller, CancellationToken cancellation)
    {
        if (await FindAsync(number, caller, cancellation) is not { } request)
        {
            return StepRunner.Unknown(number);
        }

        if (request.Clocks.SingleOrDefault(c => c.Id == clockId) is not { } clock)
        {
            return new Failure.NotFound("诉求 {0} 没有这个时限。", number);
        }

        var isStaff = (RequestAccess.PartiesOf(caller, request) & ~(Party.Anyone | Party.Reporter)) != 0;
        var reasons = await db.Set<ReasonCode>().AsNoTracking().ToListAsync(cancellation);
        var people = isStaff ? await PeopleAsync(clock, cancellation) : [];
        var ledger = Timekeeper.LedgerOf(clock, entry => ReasonOf(reasons, entry));
        var keeper = await timekeeping.GetAsync(cancellation);
        var calendar = await CalendarOfAsync(clock, keeper, cancellation);
        var moves = await db.Set<ClockMove>().AsNoTracking().Where(m => m.ClockId == clockId).OrderBy(m => m.Id)
            .Select(m => new MoveLine(m.At, m.Before, m.After, m.BreachWithdrawn)).ToListAsync(cancellation);
        return new ClockExplanation(
            LineOf(clock, keeper), ExplainAnswer.Of(calendar, ledger, calendar.Explain(ledger)),
            [.. clock.Entries.OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => EntryOf(e, ReasonOf(reasons, e), people))], moves);
    }

    /// <summary>A clock that has ended is explained by the calendar that it ended on: what was corrected later changes it no more.</summary>
    private async Task<WorkCalendar> CalendarOfAsync(RequestClock clock, Timekeeper keeper, CancellationToken cancellation)
    {
        var now = keeper.CalendarOf(clock);
        if (clock.State is ClockState.Running or ClockState.Paused || clock.CalendarMark == now.Mark || clock.StoppedAt is not { } end)
        {
            return now;
        }

        var then = (await shelf.AsOfAsync(db, end, cancellation)).All.Get(clock.CalendarCode);
        return then.Succeeded ? then.Value : now;
    }

    private async Task<ServiceRequest?> FindAsync(string number, Caller caller, CancellationToken cancellation)
    {
        var request = await db.Set<ServiceRequest>().AsNoTracking()
            .Include(r => r.CoHandlers).Include(r => r.Tasks).Include(r => r.Offers).Include(r => r.Clocks).ThenInclude(c => c.Entries).AsSplitQuery()
            .OpenTo(caller).SingleOrDefaultAsync(r => r.Number == number, cancellation);
        return request is not null && RequestAccess.CanSee(caller, request) ? request : null;
    }

    private Task<Dictionary<Guid, string>> PeopleAsync(RequestClock clock, CancellationToken cancellation)
    {
        var ids = clock.Entries.SelectMany(e => new[] { e.By, e.ApprovedBy ?? e.By }).Distinct().ToList();
        return db.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => Texts.Pick(a.Name, a.NameEn), cancellation);
    }

    private ClockLine LineOf(RequestClock clock, Timekeeper keeper)
    {
        var name = LifeTexts.Of(clock.Kind).Key;
        var isStanding = clock.State == ClockState.Paused;
        return new ClockLine(clock.Id, clock.Kind, texts.In(Zh, name), texts.In(En, name), clock.State, clock.StartedAt, isStanding ? null : clock.DueAt, clock.StoppedAt, clock.IsLate,
            !isStanding && clock.IsTentative, keeper.FaceOf(clock, time.GetUtcNow()));
    }

    /// <summary>Pauses have a reason of their own, or wait for the reporter's answer.</summary>
    private Wording ReasonOf(List<ReasonCode> reasons, ClockEntry entry)
    {
        var kind = entry.Kind == ClockEntryKind.Extension ? "extend" : entry.ReasonCode == ReasonCode.Asked ? "ask" : "pause";
        return reasons.FirstOrDefault(r => r.Kind == kind && r.Code == entry.ReasonCode) is { } reason
            ? new Wording(reason.NameZh, reason.NameEn)
            : new Wording(texts.In(Zh, LifeTexts.Of(Step.Ask).Key), texts.In(En, LifeTexts.Of(Step.Ask).Key));
    }

    private static EntryLine EntryOf(ClockEntry entry, Wording reason, Dictionary<Guid, string> people) => new(
        entry.Kind, entry.At, entry.Until, entry.Amount, entry.ReasonCode, reason.Zh, reason.En,
        people.GetValueOrDefault(entry.By), entry.ApprovedBy is { } approved ? people.GetValueOrDefault(approved) : null);
}

/// <summary>One clock of a request.</summary>
/// <param name="DueAt">Absent while it stands still.</param>
/// <param name="IsLate">It was stopped after it was due.</param>
/// <param name="IsTentative">The due time touches a year whose holidays are not known yet, and may move.</param>
/// <param name="Time">How it stands; absent when it is no longer asked for.</param>
public sealed record ClockLine(
    Guid Id, ClockKind Kind, string NameZh, string NameEn, ClockState State, DateTimeOffset StartedAt, DateTimeOffset? DueAt, DateTimeOffset? StoppedAt, bool IsLate,
    bool IsTentative, ClockFace? Time);

/// <summary>Why a clock is due when it is.</summary>
/// <param name="Sum">Line by line, in both languages.</param>
/// <param name="Entries">The pauses and extensions in its ledger.</param>
/// <param name="Moves">How corrected calendars have moved the due time, oldest first.</param>
public sealed record ClockExplanation(ClockLine Clock, ExplainAnswer Sum, IReadOnlyList<EntryLine> Entries, IReadOnlyList<MoveLine> Moves);

/// <summary>A corrected calendar has moved the due time.</summary>
/// <param name="BreachWithdrawn">When it had been told as overdue, which it no longer was.</param>
public sealed record MoveLine(DateTimeOffset At, DateTimeOffset Before, DateTimeOffset After, DateTimeOffset? BreachWithdrawn);

/// <summary>A pause or an extension.</summary>
/// <param name="At">A pause: when it began. An extension: when it was granted.</param>
/// <param name="Until">Of a pause; absent while it lasts.</param>
/// <param name="Amount">Of an extension: "3 working days".</param>
/// <param name="By">Who asked; for staff only.</param>
/// <param name="ApprovedBy">Who granted it; for staff only.</param>
public sealed record EntryLine(
    ClockEntryKind Kind, DateTimeOffset At, DateTimeOffset? Until, string? Amount, string Reason, string ReasonZh, string ReasonEn, string? By, string? ApprovedBy);
