using System.Globalization;
using Linli.Kernel.Clocks;
using Linli.Shell.Clocks;
using Linli.Shell.Pages;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Sources;

internal sealed record CalendarDay(string Calendar, SpecialDay Day);

/// <summary>工作日历: holidays, make-up days and closures of every calendar, of last year, this and the next.</summary>
internal sealed class SpecialDaySource(CalendarsInForce calendars, TimeProvider clock) : WholeListSource<CalendarDay>
{
    public override string Key => "specialDays";
    public override string Zh => "节假日和特殊日子";
    public override string En => "Holidays and special days";
    public override Permission Permission => Permission.AnyStaff;

    protected override Task<IReadOnlyList<ListedColumn<CalendarDay>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<CalendarDay>>>(
    [
        Column("calendar", "工作日历", "Calendar", CellKind.Choice, d => d.Calendar),
        Column("date", "日期", "Date", CellKind.Date, d => d.Day.Date),
        Column("kind", "类别", "Kind", CellKind.Choice, d => KindWord(d.Day.Kind)),
        Column("name", "名称", "Name", CellKind.Text, d => Texts.Pick(d.Day.NameZh, d.Day.NameEn)),
        Column("hours", "办公时间", "Office hours", CellKind.Text, d => string.Join(' ', d.Day.Hours)),
        Column("notice", "依据", "Notice", CellKind.Text, d => d.Day.Notice),
        Column("isOwn", "本地加的", "Added here", CellKind.YesNo, d => d.Day.IsOwn),
    ]);

    protected override Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation)
    {
        var year = Year;
        return Task.FromResult<IReadOnlyList<LedgerFilter>>(
            [new("year", "年份", "Year", [.. Enumerable.Range(year - 1, 3).Select(y => y.ToString(CultureInfo.InvariantCulture)).Select(y => new Option(y, y))]), new("calendar", "日历代码", "Code of the calendar")]);
    }

    protected override async Task<IEnumerable<CalendarDay>> AllAsync(LedgerQuery query, CancellationToken cancellation)
    {
        var installed = await calendars.GetAsync(cancellation);
        var years = int.TryParse(Asked(query, "year"), NumberStyles.None, CultureInfo.InvariantCulture, out var only) ? [only] : Enumerable.Range(Year - 1, 3);
        return installed.All.Codes.Where(c => Asked(query, "calendar") is not { } code || code == c).SelectMany(code =>
        {
            var definition = installed.Get(code).Definition;
            return years.SelectMany(year => CalendarYearAnswer.Of(installed, code, year).Days.Select(day => new CalendarDay(Texts.Pick(definition.NameZh, definition.NameEn), day)));
        });
    }

    private int Year => LocalTime.Of(clock.GetUtcNow()).Year;

    private static string KindWord(DayKind kind) => kind switch
    {
        DayKind.Holiday => Texts.Pick("放假", "Holiday"),
        DayKind.MakeUp => Texts.Pick("调休上班", "Make-up day"),
        _ => Texts.Pick("本地停办或改时间", "Closed here, or other hours"),
    };
}
