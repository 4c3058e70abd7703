using Linli.Kernel.Clocks;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;

namespace Linli.Requests.Clocks;

/// <summary>Runs the clocks of requests: applies <see cref="ClockRules"/> after each step and derives due times from the ledger.</summary>
public sealed class Timekeeper(WorkCalendars calendars)
{
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

        request.NextDueAt = request.Clocks.Where(c => c.State == ClockState.Running).Select(c => (DateTimeOffset?)c.DueAt).Min();
    }

    /// <summary>Adds granted time to the clock that is being extended: rectify when it runs, else resolve.</summary>
    internal void Extend(ServiceRequest request, Budget amount, string reasonCode, DateTimeOffset at, Guid askedBy, Guid approvedBy)
    {
        var clock = request.Clocks.Where(c => c.State is ClockState.Running or ClockState.Paused && c.Kind is ClockKind.Rectify or ClockKind.Resolve)
            .OrderBy(c => c.Kind == ClockKind.Rectify ? 0 : 1).First();
        clock.Entries.Add(new ClockEntry
        {
            ClockId = clock.Id, Kind = ClockEntryKind.Extension, At = at, Amount = amount.ToString(), ReasonCode = reasonCode, By = askedBy, ApprovedBy = approvedBy,
        });
        Derive(clock);
        request.NextDueAt = request.Clocks.Where(c => c.State == ClockState.Running).Select(c => (DateTimeOffset?)c.DueAt).Min();
    }

    /// <summary>The end of a budget on the type's calendar; for windows that are not clocks (return, reopen).</summary>
    internal DateTimeOffset EndOf(ServiceType type, Budget budget, DateTimeOffset start) =>
        calendars.Get(type.CalendarCode).Add(start, budget, type.Rule);

    public Explanation Explain(RequestClock clock) => calendars.Get(clock.CalendarCode).Explain(LedgerOf(clock));

    public WorkCalendar CalendarOf(RequestClock clock) => calendars.Get(clock.CalendarCode);

    private void Apply(ServiceRequest request, ServiceType type, RequestEvent taken, ClockOp op, ClockKind kind, Budget? ownBudget)
    {
        if (op == ClockOp.Start)
        {
            request.Clocks.Add(Start(request, type, kind, taken.At, ownBudget));
            return;
        }

        foreach (var clock in request.Clocks.Where(c => c.Kind == kind && c.State is ClockState.Running or ClockState.Paused && c.Kind == kind).ToList())
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
        var budget = kind is ClockKind.Claim or ClockKind.Pause && ownBudget is { } own ? own : type.BudgetOf(kind);
        var clock = new RequestClock
        {
            RequestId = request.Id, Kind = kind, Budget = budget.ToString(), Rule = type.Rule, CalendarCode = type.CalendarCode, StartedAt = at,
        };
        Derive(clock);
        return clock;
    }

    private void EndPause(RequestClock clock, DateTimeOffset at)
    {
        if (clock.Entries.SingleOrDefault(e => e.Kind == ClockEntryKind.Pause && e.Until is null) is { } pause)
        {
            pause.Until = at;
            Derive(clock);
        }
    }

    private void Derive(RequestClock clock)
    {
        var calendar = calendars.Get(clock.CalendarCode);
        var ledger = LedgerOf(clock);
        clock.DueAt = calendar.Due(ledger).ToUniversalTime();
        clock.WarnAt = calendar.WarnAt(ledger).ToUniversalTime();
    }

    private static ClockLedger LedgerOf(RequestClock clock) => new(
        clock.StartedAt, Budget.Parse(clock.Budget).Value, clock.Rule,
        [.. clock.Entries.Where(e => e.Kind == ClockEntryKind.Pause).OrderBy(e => e.At).Select(e => new Kernel.Clocks.Pause(e.At, e.Until, e.ReasonCode))],
        [.. clock.Entries.Where(e => e.Kind == ClockEntryKind.Extension).OrderBy(e => e.At).Select(e => new Kernel.Clocks.Extension(e.At, Budget.Parse(e.Amount!).Value, e.ReasonCode))]);
}
