using Linli.Kernel.Clocks;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;

namespace Linli.Requests.Clocks;

/// <summary>Runs the clocks of requests: applies <see cref="ClockRules"/> after each step and derives due times from the ledger.</summary>
public sealed class Timekeeper(InstalledCalendars calendars)
{
    /// <summary>The share of the time after which the holder is warned.</summary>
    public const int WarnPercent = ClockReadings.ApproachingPercent;

    /// <summary>What a reporter waits for, the nearest to the end first.</summary>
    private static readonly ClockKind[] Promised = [ClockKind.Rectify, ClockKind.Resolve, ClockKind.Dispatch];

    /// <summary>Applies what a step does to the clocks.</summary>
    /// <param name="ownBudget">Budget of a clock whose length is decided with the step: the end of an offer or of a pause.</param>
    internal void Apply(ServiceRequest request, ServiceType type, RequestEvent taken, Budget? ownBudget = null)
    {
        var goesOnAt = EndOfStandstill(request, taken.At);
        foreach (var rule in ClockRules.For(taken.Step, taken.From, taken.To, request))
        {
            foreach (var kind in rule.Kinds)
            {
                Apply(request, type, taken, rule.Op, kind, ownBudget, goesOnAt);
            }
        }

        Settle(request);
    }

    /// <summary>Adds granted time to the clock that is being extended: rectify when it runs, else resolve.</summary>
    /// <returns>The new due time.</returns>
    internal DateTimeOffset Extend(ServiceRequest request, Budget amount, string reasonCode, DateTimeOffset at, Guid askedBy, Guid approvedBy)
    {
        var clock = MeasuredBy(request)!;
        clock.Entries.Add(new ClockEntry
        {
            ClockId = clock.Id, Kind = ClockEntryKind.Extension, At = at, Amount = amount.ToString(), ReasonCode = reasonCode, By = askedBy, ApprovedBy = approvedBy,
        });
        Derive(clock);
        Settle(request);
        return clock.DueAt;
    }

    /// <summary>The clock that the work is measured by now: rectify when it runs, else resolve, before dispatch dispatch.</summary>
    internal static RequestClock? MeasuredBy(ServiceRequest request) =>
        Duties(request.Clocks).Where(c => Promised.Contains(c.Kind)).OrderBy(c => Array.IndexOf(Promised, c.Kind)).FirstOrDefault();

    /// <summary>How often the clock that the work is measured by has been paused or extended for the reason. A new clock, after a reopening or a new dispatch, begins anew.</summary>
    internal static int TimesOf(ServiceRequest request, ClockEntryKind kind, string? reasonCode = null) =>
        MeasuredBy(request)?.Entries.Count(e => e.Kind == kind && (reasonCode is null || e.ReasonCode == reasonCode)) ?? 0;

    /// <summary>When somebody has to have done something; what only runs out by itself is nobody's duty.</summary>
    internal static void Settle(ServiceRequest request)
    {
        var next = Duties(request.Clocks).Where(c => c.State == ClockState.Running).MinBy(c => c.DueAt);
        (request.NextDueAt, request.IsNextDueTentative) = (next?.DueAt, next?.IsTentative == true);
    }

    private static IEnumerable<RequestClock> Duties(IEnumerable<RequestClock> clocks) =>
        clocks.Where(c => c.State is ClockState.Running or ClockState.Paused && !ClockRules.RunsOutInto.ContainsKey(c.Kind));

    /// <summary>The clock that its staff have to look at: the first that runs out; while everything stands still, the one that the work is measured by.</summary>
    internal ClockFace? NextFaceOf(IEnumerable<RequestClock> clocks, DateTimeOffset now) => FaceOf(
        Duties(clocks).OrderBy(c => c.State).ThenBy(c => c.State == ClockState.Running ? c.DueAt : default).ThenBy(c => Array.IndexOf(Promised, c.Kind)).FirstOrDefault(), now);

    /// <summary>The clock that its reporter waits for: until it is dispatched, then until it is resolved.</summary>
    internal ClockFace? PromisedFaceOf(IEnumerable<RequestClock> clocks, DateTimeOffset now) => FaceOf(
        Duties(clocks).Where(c => Promised.Contains(c.Kind)).OrderBy(c => Array.IndexOf(Promised, c.Kind)).FirstOrDefault(), now);

    /// <summary>Null for none, and for one that is no longer asked for.</summary>
    internal ClockFace? FaceOf(RequestClock? clock, DateTimeOffset now) => clock?.State switch
    {
        null or ClockState.Void => null,
        ClockState.Stopped => ClockFace.Of(clock, LedgerOf(clock).ReadStoppedOn(CalendarOf(clock), clock.StoppedAt!.Value)),
        _ => ClockFace.Of(clock, LedgerOf(clock).ReadOn(CalendarOf(clock), now)),
    };

    /// <summary>The end of a budget on the type's calendar; for windows that are not clocks (return, reopen).</summary>
    internal DateTimeOffset EndOf(ServiceType type, Budget budget, DateTimeOffset start) =>
        calendars.Get(calendars.CodeFor(type.CalendarCode)).Add(start, budget, type.Rule);

    public WorkCalendar CalendarOf(RequestClock clock) => calendars.Get(clock.CalendarCode);

    /// <summary>A standstill was permitted until its own clock runs out. A machine that slept through that end makes nobody a present of the time since.</summary>
    private static DateTimeOffset EndOfStandstill(ServiceRequest request, DateTimeOffset at) =>
        request.Clocks.Where(c => c.State == ClockState.Running && c.Kind is ClockKind.Pause or ClockKind.Answer).Select(c => c.DueAt).Append(at).Min();

    private void Apply(ServiceRequest request, ServiceType type, RequestEvent taken, ClockOp op, ClockKind kind, Budget? ownBudget, DateTimeOffset goesOnAt)
    {
        if (op == ClockOp.Start)
        {
            request.Clocks.Add(Start(request, type, kind, taken.At, ownBudget));
            return;
        }

        foreach (var clock in request.Clocks.Where(c => c.State is ClockState.Running or ClockState.Paused).Where(c => c.Kind == kind).ToList())
        {
            switch (op)
            {
                case ClockOp.Stop or ClockOp.Void:
                    EndPause(clock, goesOnAt);
                    (clock.State, clock.StoppedAt) = (op == ClockOp.Stop ? ClockState.Stopped : ClockState.Void, taken.At);
                    break;
                case ClockOp.Pause when clock.State == ClockState.Running:
                    clock.State = ClockState.Paused;
                    var asked = taken.Step == Step.GrantPause ? request.TimeRequests.Single(a => a.DecidedAt == taken.At) : null;
                    clock.Entries.Add(new ClockEntry
                    {
                        ClockId = clock.Id, Kind = ClockEntryKind.Pause, At = taken.At, ReasonCode = taken.ReasonCode ?? ReasonCode.Asked,
                        By = asked?.AskedBy ?? taken.ActorId, ApprovedBy = asked?.DecidedBy,
                    });
                    break;
                case ClockOp.Resume when clock.State == ClockState.Paused:
                    EndPause(clock, goesOnAt);
                    clock.State = ClockState.Running;
                    break;
                default:
                    break;
            }
        }
    }

    private RequestClock Start(ServiceRequest request, ServiceType type, ClockKind kind, DateTimeOffset at, Budget? ownBudget)
    {
        var budget = (kind is ClockKind.Claim or ClockKind.Pause) && ownBudget is { } own ? own : type.BudgetOf(kind);
        var clock = new RequestClock
        {
            RequestId = request.Id, Kind = kind, Budget = budget.ToString(), Rule = type.Rule, CalendarCode = CalendarFor(request, type, kind), StartedAt = at,
        };
        Derive(clock);
        return clock;
    }

    /// <summary>A clock keeps the calendar that it started on. What an organisation has in hand goes by its calendar, where the type names none.</summary>
    private string CalendarFor(ServiceRequest request, ServiceType type, ClockKind kind) => calendars.CodeFor(
        type.CalendarCode, kind is ClockKind.Sign or ClockKind.Contact or ClockKind.Resolve or ClockKind.Rectify ? request.LeadOrganisationId : null);

    private void EndPause(RequestClock clock, DateTimeOffset at)
    {
        if (clock.Entries.SingleOrDefault(e => e.Kind == ClockEntryKind.Pause && e.Until is null) is { } pause)
        {
            pause.Until = at;
            Derive(clock);
        }
    }

    /// <summary>While it stands still a clock has no due time; it keeps the last one until it goes on.</summary>
    internal void Derive(RequestClock clock)
    {
        var calendar = CalendarOf(clock);
        clock.CalendarMark = calendar.Mark;
        var ledger = LedgerOf(clock);
        if (ledger.DueOn(calendar) is { } due && ledger.ReachedOn(calendar, WarnPercent) is { } warn)
        {
            (clock.DueAt, clock.WarnAt) = (due.ToUniversalTime(), warn.ToUniversalTime());
            clock.IsTentative = (ledger.Budget.IsWorkingTime || ledger.Extensions.Any(e => e.Budget.IsWorkingTime)) && calendar.YearsWithoutData(ledger.Start, due).Count > 0;
        }
    }

    /// <param name="reasonOf">Names of the reasons, where the ledger is to be explained.</param>
    public static ClockLedger LedgerOf(RequestClock clock, Func<ClockEntry, Wording>? reasonOf = null) => new(clock.StartedAt, Budget.Parse(clock.Budget).Value, clock.Rule)
    {
        Pauses = [.. clock.Entries.Where(e => e.Kind == ClockEntryKind.Pause).Select(e => new ClockPause(e.At, e.Until, reasonOf?.Invoke(e) ?? default))],
        Extensions = [.. clock.Entries.Where(e => e.Kind == ClockEntryKind.Extension).Select(e => new ClockExtension(e.At, Budget.Parse(e.Amount!).Value, reasonOf?.Invoke(e) ?? default))],
    };
}
