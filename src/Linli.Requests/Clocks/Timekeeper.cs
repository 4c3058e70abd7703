using Linli.Kernel.Clocks;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;

namespace Linli.Requests.Clocks;

/// <summary>Runs the clocks of requests: applies <see cref="ClockRules"/> after each step and derives due times from the ledger.</summary>
public sealed class Timekeeper(InstalledCalendars calendars)
{
    /// <summary>The share of the time after which the holder is warned.</summary>
    public const int WarnPercent = 75;

    /// <summary>Applies what a step does to the clocks.</summary>
    /// <param name="ownBudget">Budget of a clock whose length is decided with the step: the end of an offer or of a pause.</param>
    internal void Apply(ServiceRequest request, ServiceType type, RequestEvent taken, Budget? ownBudget = null)
    {
        foreach (var rule in ClockRules.For(taken.Step, taken.From, taken.To, request))
        {
            foreach (var kind in rule.Kinds)
            {
                Apply(request, type, taken, rule.Op, kind, ownBudget);
            }
        }

        Settle(request);
    }

    /// <summary>Adds granted time to the clock that is being extended: rectify when it runs, else resolve.</summary>
    internal void Extend(ServiceRequest request, Budget amount, string reasonCode, DateTimeOffset at, Guid askedBy, Guid approvedBy)
    {
        var clock = request.Clocks.Where(c => c.State is ClockState.Running or ClockState.Paused).Where(c => c.Kind is ClockKind.Rectify or ClockKind.Resolve)
            .OrderBy(c => c.Kind == ClockKind.Rectify ? 0 : 1).First();
        clock.Entries.Add(new ClockEntry
        {
            ClockId = clock.Id, Kind = ClockEntryKind.Extension, At = at, Amount = amount.ToString(), ReasonCode = reasonCode, By = askedBy, ApprovedBy = approvedBy,
        });
        Derive(clock);
        Settle(request);
    }

    /// <summary>When somebody has to have done something; what only runs out by itself is nobody's duty.</summary>
    internal static void Settle(ServiceRequest request)
    {
        var next = request.Clocks.Where(c => c.State == ClockState.Running && !ClockRules.RunsOutInto.ContainsKey(c.Kind)).MinBy(c => c.DueAt);
        (request.NextDueAt, request.IsNextDueTentative) = (next?.DueAt, next?.IsTentative == true);
    }

    /// <summary>The end of a budget on the type's calendar; for windows that are not clocks (return, reopen).</summary>
    internal DateTimeOffset EndOf(ServiceType type, Budget budget, DateTimeOffset start) =>
        calendars.Get(calendars.CodeFor(type.CalendarCode)).Add(start, budget, type.Rule);

    public WorkCalendar CalendarOf(RequestClock clock) => calendars.Get(clock.CalendarCode);

    private void Apply(ServiceRequest request, ServiceType type, RequestEvent taken, ClockOp op, ClockKind kind, Budget? ownBudget)
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
                    EndPause(clock, taken.At);
                    (clock.State, clock.StoppedAt) = (op == ClockOp.Stop ? ClockState.Stopped : ClockState.Void, taken.At);
                    break;
                case ClockOp.Pause when clock.State == ClockState.Running:
                    clock.State = ClockState.Paused;
                    clock.Entries.Add(new ClockEntry
                    {
                        ClockId = clock.Id, Kind = ClockEntryKind.Pause, At = taken.At, ReasonCode = taken.ReasonCode ?? "ask", By = taken.ActorId,
                    });
                    break;
                case ClockOp.Resume when clock.State == ClockState.Paused:
                    EndPause(clock, taken.At);
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
