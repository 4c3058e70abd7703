using Linli.Kernel.Clocks;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>Calendars that cannot be are refused when they are written down, each fault at its place; nothing loops over them later.</summary>
public sealed class CalendarRefusals
{
    private static readonly WorkCalendarDefinition Good = new()
    {
        Code = "good",
        NameZh = "好",
        NameEn = "Good",
        TimeZone = "Asia/Shanghai",
        Hours = [Every("08:30-12:00", "14:00-18:00")],
    };

    [Fact]
    public void The_good_one_is_taken() => Assert.True(WorkCalendar.Create(Good).Succeeded);

    [Fact]
    public void No_open_hour_at_all()
    {
        Refused(Good with { Hours = [] }, "hours", "日历“{0}”没有任何工作时间");
        Refused(Good with { Hours = [Every()] }, "hours", "日历“{0}”没有任何工作时间");
    }

    [Fact]
    public void No_open_hour_in_some_years() =>
        Refused(Good with { Hours = [Every("08:30-12:00") with { Since = new DateOnly(2020, 1, 1) }] }, "hours", "日历“{0}”在 {1} 年没有任何工作时间");

    [Theory]
    [InlineData("09:00-09:00")]
    [InlineData("12:00-08:30")]
    public void Empty_hours(string hours) => Refused(Good with { Hours = [Every(hours)] }, "hours[0].Monday", "工作时间 {0} 是空的或超出一天");

    [Fact]
    public void Hours_outside_the_day() =>
        Refused(Good with { Hours = [Hours(new OpenHours(-60, 60))] }, "hours[0].Monday", "工作时间 {0} 是空的或超出一天");

    [Fact]
    public void Overlapping_hours() => Refused(Good with { Hours = [Every("08:30-12:00", "11:59-18:00")] }, "hours[0].Monday", "工作时间 {0} 和 {1} 重叠");

    [Fact]
    public void Hours_that_touch_are_fine() => Assert.True(WorkCalendar.Create(Good with { Hours = [Every("12:00-18:00", "08:30-12:00")] }).Succeeded);

    [Fact]
    public void An_exception_on_two_lists()
    {
        var holiday = new DayException(new DateOnly(2025, 5, 1), DayKind.Holiday, "劳动节");
        var worked = holiday with { Kind = DayKind.MakeUp, NameZh = "补班" };
        Refused(Good with { Exceptions = [holiday, worked] }, "exceptions", "{0} 出现了两次");
        Refused(Good with { Years = [new CalendarYear(2025, [], [holiday])], Exceptions = [worked] }, "exceptions", "{0} 出现了两次");
        Refused(Good with { Years = [new CalendarYear(2025, [], [holiday]), new CalendarYear(2026, [], [holiday])] }, "years[2026]", "{0} 出现了两次");
        Refused(Good with { Years = [new CalendarYear(2025, [], []), new CalendarYear(2025, [], [])] }, "years", "{0} 年的放假安排出现了两次");
    }

    [Fact]
    public void A_correction_that_says_so_replaces_what_the_notice_said()
    {
        var holiday = new DayException(new DateOnly(2025, 5, 1), DayKind.Holiday, "劳动节");
        var calendar = WorkCalendar.Create(Good with
        {
            Years = [new CalendarYear(2025, [], [holiday])],
            Exceptions = [holiday with { Kind = DayKind.MakeUp, NameZh = "抗旱值班", Replaces = true }],
        }).Value;
        Assert.True(calendar.On(new DateOnly(2025, 5, 1)).IsWorkingDay);
    }

    [Fact]
    public void A_make_up_day_without_hours() =>
        Refused(Good with { Exceptions = [new DayException(new DateOnly(2025, 5, 1), DayKind.MakeUp, "补班", Hours: [])] }, "exceptions", "{0} 是补班日，却没有工作时间");

    [Fact]
    public void Two_seasons_on_the_same_days()
    {
        Refused(Good with { Hours = [Every("08:00-12:00"), Every("09:00-12:00")] }, "hours[1]", "第 {0} 套和第 {1} 套作息在同一些日子都有效");
        Refused(Good with { Hours = [Every("08:00-12:00"), Season("05-01", "09-30"), Season("09-30", "12-31")] }, "hours[2]", "第 {0} 套和第 {1} 套作息在同一些日子都有效");
        Refused(Good with { Hours = [Every("08:00-12:00"), Season("11-01", "02-28"), Season("02-01", "03-31")] }, "hours[2]", "第 {0} 套和第 {1} 套作息在同一些日子都有效");
    }

    [Fact]
    public void Seasons_one_after_the_other_and_hours_that_changed_one_year_are_fine()
    {
        var calendar = WorkCalendar.Create(Good with
        {
            Hours =
            [
                Every("08:00-12:00"),
                Every("10:00-12:00") with { Since = new DateOnly(2025, 1, 1) },
                Season("11-01", "02-29") with { Until = new DateOnly(2024, 12, 31) },
                Season("11-01", "02-29") with { Since = new DateOnly(2025, 1, 1) },
            ],
        }).Value;
        Assert.Equal("08:00-12:00", calendar.On(new DateOnly(2024, 6, 3)).Hours[0].ToString());
        Assert.Equal("10:00-12:00", calendar.On(new DateOnly(2025, 6, 2)).Hours[0].ToString());
        Assert.Equal("09:00-10:00", calendar.On(new DateOnly(2024, 2, 29)).Hours[0].ToString());
    }

    [Theory]
    [InlineData("05-01", null)]
    [InlineData("05-32", "09-30")]
    [InlineData("1 May", "30 September")]
    public void Seasons_that_are_no_dates(string from, string? to) =>
        Refused(Good with { Hours = [Every("08:00-12:00"), Season(from, to!)] }, "hours[1].from", "季节的起止");

    [Fact]
    public void Hours_that_cease_before_they_begin() =>
        Refused(Good with { Hours = [Every("08:00-12:00") with { Since = new DateOnly(2025, 1, 2), Until = new DateOnly(2025, 1, 1) }] }, "hours[0].since", "作息的启用日");

    [Fact]
    public void Unknown_time_zones_codes_and_standard_days()
    {
        Refused(Good with { TimeZone = "Mars/Olympus" }, "timeZone", "时区“{0}”不认识");
        Refused(Good with { Code = "Not a code" }, "code", "日历代码“{0}”");
        Refused(Good with { NameEn = " " }, "nameZh", "日历“{0}”要有中文名和英文名");
        Refused(Good with { StandardDayMinutes = 0 }, "standardDayMinutes", "标准工作日 {0} 分钟不对");
        Refused(Good with { StandardDayMinutes = 1441 }, "standardDayMinutes", "标准工作日 {0} 分钟不对");
    }

    [Fact]
    public void Days_beyond_the_years() =>
        Refused(Good with { Exceptions = [new DayException(new DateOnly(2300, 1, 1), DayKind.Holiday, "元旦")] }, "exceptions", "{0} 超出日历的范围");

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var failure = WorkCalendar.Create(Good with { Code = "", TimeZone = "", Hours = [Every("12:00-08:00")] }).Failure;
        Assert.Equal(["code", "timeZone", "hours[0].Monday", "hours[0].Thursday"], Assert.IsType<Failure.Invalid>(failure).Problems.Select(p => p.Field));
    }

    private static void Refused(WorkCalendarDefinition definition, string field, string message)
    {
        var problems = Assert.IsType<Failure.Invalid>(WorkCalendar.Create(definition).Failure).Problems;
        Assert.Contains(problems, p => p.Field == field && p.Message.StartsWith(message, StringComparison.Ordinal));
    }

    private static WeeklyHours Every(params string[] hours) =>
        Hours([.. hours.Select(h => OpenHours.TryParse(h, out var read) ? read : throw new FormatException(h))]);

    private static WeeklyHours Season(string from, string to) => Every("09:00-10:00") with { From = from, To = to };

    private static WeeklyHours Hours(params OpenHours[] hours) => new(new Dictionary<DayOfWeek, IReadOnlyList<OpenHours>> { [DayOfWeek.Monday] = hours, [DayOfWeek.Thursday] = [.. hours] });
}
