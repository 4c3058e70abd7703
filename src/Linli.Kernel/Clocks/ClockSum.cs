namespace Linli.Kernel.Clocks;

/// <summary>The budget and the extensions of its unit, or later extensions of another unit. <paramref name="Length"/> is in the ruler's measure.</summary>
internal sealed record ClockPart(BudgetUnit Unit, long Amount, Ruler Ruler, long Length, DateTimeOffset From);

/// <summary>A stretch in which the clock ran.</summary>
internal sealed record ClockRun(DateTimeOffset From, DateTimeOffset To, ClockPart Part);

/// <summary>The ledger added up: when the clock ran, when it stood still, and when it is due.</summary>
internal sealed class ClockSum
{
    private readonly WorkCalendar _calendar;
    private readonly ClockLedger _ledger;
    private readonly List<ClockRun> _runs = [];
    private readonly List<ClockPause> _used = [];
    private readonly Queue<ClockPause> _pauses;

    private ClockSum(ClockLedger ledger, WorkCalendar calendar)
    {
        (_ledger, _calendar) = (ledger, calendar);
        _pauses = new Queue<ClockPause>(Merge(ledger));
        DateTimeOffset? now = calendar.Local(ledger.Start);
        foreach (var (unit, amount) in Amounts(ledger))
        {
            now = now is { } from ? Run(from, unit, amount) : null;
        }

        Due = now;
    }

    /// <summary>Null while the clock stands still.</summary>
    public DateTimeOffset? Due { get; }
    public IReadOnlyList<ClockRun> Runs => _runs;

    /// <summary>Pauses that changed something, overlaps joined, in order; the last may be open.</summary>
    public IReadOnlyList<ClockPause> Pauses => _used;

    /// <summary>Pauses that begin when all is over.</summary>
    public IReadOnlyCollection<ClockPause> PausesTooLate => _pauses;

    public static ClockSum Of(ClockLedger ledger, WorkCalendar calendar) => new(ledger, calendar);

    public DateTimeOffset? Reached(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        if (Due is null)
        {
            return null;
        }

        var left = new TimeSpan(_runs.Sum(r => Measure(r.From, r.To).Ticks) * percent / 100);
        foreach (var run in _runs)
        {
            var length = Measure(run.From, run.To);
            if (left <= length)
            {
                return _ledger.Budget.IsWorkingTime ? _calendar.AddOpen(run.From, left) : run.From + left;
            }

            left -= length;
        }

        return Due;
    }

    /// <summary>Running time in the kind of time the budget is in.</summary>
    public TimeSpan Measure(DateTimeOffset from, DateTimeOffset to) => _ledger.Budget.IsWorkingTime ? _calendar.OpenBetween(from, to) : to - from;

    /// <summary>Budget and extensions, neighbours of one unit added up.</summary>
    private static List<(BudgetUnit Unit, long Amount)> Amounts(ClockLedger ledger)
    {
        List<(BudgetUnit Unit, long Amount)> parts = [(ledger.Budget.Unit, ledger.Budget.Amount)];
        foreach (var extension in ledger.Extensions.OrderBy(e => e.GrantedAt))
        {
            if (parts[^1].Unit == extension.Budget.Unit)
            {
                parts[^1] = (parts[^1].Unit, parts[^1].Amount + extension.Budget.Amount);
            }
            else
            {
                parts.Add((extension.Budget.Unit, extension.Budget.Amount));
            }
        }

        return parts;
    }

    private static List<ClockPause> Merge(ClockLedger ledger)
    {
        List<ClockPause> merged = [];
        foreach (var pause in ledger.Pauses.Where(p => p.Until is null || p.Until > ledger.Start).OrderBy(p => p.From))
        {
            var from = pause.From < ledger.Start ? ledger.Start : pause.From;
            if (merged.Count > 0 && (merged[^1].Until is null || merged[^1].Until >= from))
            {
                var last = merged[^1];
                merged[^1] = new ClockPause(last.From, Later(last.Until, pause.Until), Both(last.Reason, pause.Reason));
            }
            else
            {
                merged.Add(pause with { From = from });
            }
        }

        return merged;
    }

    /// <summary>Null is never.</summary>
    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) => left is null || right is null ? null : left > right ? left : right;

    private static Wording Both(Wording left, Wording right) =>
        left == right || right.Zh is null ? left : left.Zh is null ? right : new Wording($"{left.Zh}；{right.Zh}", $"{left.En}; {right.En}");

    /// <summary>Runs one part of the time from an instant to its end, through the pauses on the way.</summary>
    private DateTimeOffset? Run(DateTimeOffset from, BudgetUnit unit, long amount)
    {
        var ruler = new Ruler(_calendar, unit, _ledger.Rule, from);
        var part = new ClockPart(unit, amount, ruler, ruler.LengthOf(amount), from);
        var left = part.Length;
        while (true)
        {
            var due = ruler.Add(from, left);
            if (!_pauses.TryPeek(out var pause) || pause.From >= due)
            {
                _runs.Add(new ClockRun(from, due, part));
                return due;
            }

            _used.Add(_pauses.Dequeue());
            if (pause.From > from)
            {
                _runs.Add(new ClockRun(from, pause.From, part));
                left -= ruler.Between(from, pause.From);
            }

            if (pause.Until is not { } until)
            {
                return null;
            }

            from = _calendar.Local(until);
        }
    }
}
