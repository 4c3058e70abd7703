using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Shell.Ledgers;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Ledgers;

/// <summary>时限: one row for each clock.</summary>
internal sealed class ClockSource(LinliDb db, RequestFilters filters, RequestColumns columns, RequestFacts facts, Timekeeping timekeeping, Texts texts, TimeProvider time)
    : RequestPartSource<RequestClock>(db, filters, columns, facts, time)
{
    public override string Key => "clocks";
    public override string Zh => "时限";
    public override string En => "Clocks";

    protected override async Task<IReadOnlyList<PartColumn<RequestClock>>> OwnAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var keeper = await timekeeping.GetAsync(cancellation);
        PartColumn<RequestClock> Of(string key, string zh, string en, CellKind kind, Func<RequestClock, object?> value, bool period = false, IReadOnlyList<string>? choices = null) =>
            new(new LedgerColumn(key, zh, en, kind) { HasPeriod = period, Choices = choices, InTotals = LedgerColumn.UsualInTotals(kind) }, value);
        return
        [
            Of("kind", "时限种类", "Clock", CellKind.Choice, c => texts[LifeTexts.Of(c.Kind).Key], choices: [.. Enum.GetValues<ClockKind>().Select(k => texts[LifeTexts.Of(k).Key])]),
            Of("budget", "规定时间", "Budget", CellKind.Text, c => Budget.Parse(c.Budget).Value.Words is var words ? Texts.Pick(words.Zh, words.En) : null),
            Of("startedAt", "开始", "Started", CellKind.Time, c => c.StartedAt, period: true),
            Of("dueAt", "到期", "Due", CellKind.Time, c => c.DueAt, period: true),
            Of("stoppedAt", "停止", "Stopped", CellKind.Time, c => c.StoppedAt, period: true),
            Of("isRunning", "在走", "Running", CellKind.YesNo, c => c.State == ClockState.Running),
            Of("isPaused", "挂起中", "Paused", CellKind.YesNo, c => c.State == ClockState.Paused),
            Of("spent", "用时（小时）", "Hours spent", CellKind.Hours, c => ClockSpent.Hours(c, keeper.CalendarOf(c), now)),
            Of("isLate", "超时", "Late", CellKind.YesNo, c => ClockSpent.IsLate(c, now)),
            Of("extensions", "延期次数", "Extensions", CellKind.Number, c => (decimal)c.Entries.Count(e => e.Kind == ClockEntryKind.Extension)),
            Of("pauses", "挂起次数", "Pauses", CellKind.Number, c => (decimal)c.Entries.Count(e => e.Kind == ClockEntryKind.Pause)),
        ];
    }

    /// <summary>What is no longer asked for is no clock of the ledger.</summary>
    protected override IQueryable<RequestClock> Parts(IQueryable<ServiceRequest> requests, LedgerSpan? span)
    {
        var clocks = requests.SelectMany(r => r.Clocks).Where(c => c.State != ClockState.Void);
        var (from, until) = (span?.From, span?.Until);
        return span?.Column switch
        {
            "startedAt" => clocks.Where(c => c.StartedAt >= from && c.StartedAt < until),
            "dueAt" => clocks.Where(c => c.DueAt >= from && c.DueAt < until),
            "stoppedAt" => clocks.Where(c => c.StoppedAt >= from && c.StoppedAt < until),
            _ => clocks,
        };
    }

    protected override Guid RequestOf(RequestClock part) => part.RequestId;

    protected override Task<List<RequestClock>> ReadAsync(IQueryable<RequestClock> parts, CancellationToken cancellation) =>
        parts.AsNoTracking().Include(c => c.Entries).OrderBy(c => c.StartedAt).ThenBy(c => c.Kind).ThenBy(c => c.Id).ToListAsync(cancellation);
}
