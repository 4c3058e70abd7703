using System.Text.Json;
using Linli.Kernel.Clocks;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>The installation's own layer over the shipped calendars, and changes tried out on it.</summary>
public sealed class InstalledCalendarTests
{
    private static readonly InstalledCalendars Shipped = InstalledCalendars.Of(Clock.All, [], new Dictionary<Guid, string>());
    private static readonly CalendarHead Own = new("夜市", "Night market", "Asia/Shanghai");

    [Fact]
    public void A_day_that_is_closed_is_closed_for_those_too_who_follow_the_calendar()
    {
        var draft = Try("cn", Day("2026-03-05", DayKind.Closure));
        Assert.Equal(["cn", "hospital", "huguan"], draft.Moved.Where(c => c is "cn" or "hospital" or "huguan" or "24x7"));
        Assert.False(draft.After.Get("huguan").On(new DateOnly(2026, 3, 5)).IsWorkingDay);
        Assert.True(Shipped.Get("huguan").On(new DateOnly(2026, 3, 5)).IsWorkingDay);
        Assert.Equal(["cn"], draft.Touched);
        Assert.Equal([new DateOnly(2026, 3, 5)], draft.Days.Select(d => d.After.Date));
    }

    [Fact]
    public void What_a_list_says_about_a_date_is_changed_on_purpose_alone()
    {
        Refused(Shipped, "huguan", Day("2026-10-01", DayKind.MakeUp), "from", "{0} 已有安排");
        var draft = Try("huguan", Day("2026-10-01", DayKind.MakeUp) with { Replaces = true });
        Assert.True(draft.After.Get("huguan").On(new DateOnly(2026, 10, 1)).IsWorkingDay);
        Assert.False(draft.After.Get("cn").On(new DateOnly(2026, 10, 1)).IsWorkingDay);
        var back = CalendarEdits.Try(draft.After, "huguan", new RemoveDays(new DateOnly(2026, 10, 1), null)).Value;
        Assert.Equal(Shipped.Get("huguan").Mark, back.After.Get("huguan").Mark);
    }

    [Fact]
    public void A_list_that_comes_later_does_not_contradict_what_was_typed_before_it()
    {
        var typed = Try("cn", Day("2027-10-01", DayKind.MakeUp));
        var year = new CalendarYear(2027, [], [new DayException(new DateOnly(2027, 10, 1), DayKind.Holiday, "国庆节"), new DayException(new DateOnly(2027, 10, 4), DayKind.Holiday, "国庆节")]);
        var both = CalendarEdits.Try(typed.After, "cn", new PutYear(year)).Value.After.Get("huguan");
        Assert.Equal((true, false), (both.On(new DateOnly(2027, 10, 1)).IsWorkingDay, both.On(new DateOnly(2027, 10, 4)).IsWorkingDay));
        Assert.True(both.On(new DateOnly(2027, 10, 5)).IsKnown);
    }

    [Fact]
    public void The_same_year_again_changes_nothing()
    {
        var year = new CalendarYear(2027, [], [new DayException(new DateOnly(2027, 1, 1), DayKind.Holiday, "元旦")]);
        var once = Try("cn", new PutYear(year));
        Assert.False(once.IsSame);
        Assert.True(CalendarEdits.Try(once.After, "cn", new PutYear(year)).Value.IsSame);
    }

    [Fact]
    public void Renaming_moves_nothing_and_a_time_zone_with_summer_time_does()
    {
        Assert.Empty(Try("hospital", new PutHead(CalendarHead.Of(Shipped.All.Find("hospital")!) with { NameEn = "Hospital" })).Moved);
        Assert.Equal(["hospital"], Try("hospital", new PutHead(CalendarHead.Of(Shipped.All.Find("hospital")!) with { TimeZone = "Europe/Berlin" })).Moved);
    }

    [Fact]
    public void Only_one_calendar_is_the_countys()
    {
        var huguan = Try("huguan", new MakeCountys());
        Assert.Equal("huguan", huguan.After.Countys);
        var hospital = CalendarEdits.Try(huguan.After, "hospital", new MakeCountys()).Value;
        Assert.Equal("hospital", hospital.After.Countys);
        Assert.Equal(["hospital", "huguan"], hospital.Touched);
        Assert.Equal("cn", Shipped.Countys);
    }

    [Fact]
    public void Wrong_changes_are_refused_each_at_its_field()
    {
        var hours = new Dictionary<DayOfWeek, IReadOnlyList<OpenHours>> { [DayOfWeek.Monday] = [new(510, 720)] };
        Refused(Shipped, "cn", new CreateCalendar(Own, [new WeeklyHours(hours)]), "code", "已经有代码为“{0}”的工作日历");
        Refused(Shipped, "Night Market", new CreateCalendar(Own, [new WeeklyHours(hours)]), "code", "日历代码");
        Refused(Shipped, "night", new CreateCalendar(Own, []), "hours", "没有任何工作时间");
        Refused(Shipped, "night", new CreateCalendar(Own with { TimeZone = "Asia/Huguan" }, [new WeeklyHours(hours)]), "timeZone", "时区");
        Refused(Shipped, "night", new CreateCalendar(Own with { Extends = "night" }, [new WeeklyHours(hours)]), "extends", "绕回了自己");
        Refused(Shipped, "cn", new PutHours([new WeeklyHours(hours, Since: new DateOnly(2026, 1, 1))]), "hours", "在 {1} 年没有任何工作时间");
        Refused(Shipped, "cn", new PutHours([new WeeklyHours(new Dictionary<DayOfWeek, IReadOnlyList<OpenHours>> { [DayOfWeek.Monday] = [new(510, 720), new(719, 800)] })]), "hours[0].Monday", "重叠");
        Refused(Shipped, "cn", new PutHours([new WeeklyHours(new Dictionary<DayOfWeek, IReadOnlyList<OpenHours>> { [DayOfWeek.Monday] = [new(510, 510)] })]), "hours[0].Monday", "是空的");
        Refused(Shipped, "cn", Day("1899-12-31", DayKind.Closure), "from", "超出日历的范围");
        Refused(Shipped, "cn", Day("2201-01-01", DayKind.Closure), "from", "超出日历的范围");
        Refused(Shipped, "cn", Day("2026-03-05", DayKind.Closure) with { Until = new DateOnly(2026, 3, 4) }, "until", "早于第一天");
        Refused(Shipped, "cn", Day("2026-03-05", DayKind.MakeUp) with { Hours = [] }, "from", "是补班日，却没有工作时间");
        Refused(Shipped, "cn", Day("2026-03-05", DayKind.Closure) with { Hours = [new(600, 500)] }, "hours", "是空的");
        Refused(Shipped, "cn", Day("2026-03-05", DayKind.Closure) with { NameZh = " " }, "nameZh", "请填写名称");
        Assert.IsType<Failure.NotFound>(CalendarEdits.Try(Shipped, "mars", Day("2026-03-05", DayKind.Closure)).Failure);
    }

    [Fact]
    public void The_first_and_the_last_year_can_be_written_down()
    {
        Assert.False(Try("cn", Day("1900-01-02", DayKind.Closure)).After.Get("cn").On(new DateOnly(1900, 1, 2)).IsWorkingDay);
        Assert.False(Try("cn", Day("2200-12-31", DayKind.Closure)).After.Get("cn").On(new DateOnly(2200, 12, 31)).IsWorkingDay);
    }

    [Fact]
    public void A_change_survives_being_written_down()
    {
        CalendarEdit edit = Day("2026-03-05", DayKind.Closure) with { Hours = [new(510, 720)] };
        var read = JsonSerializer.Deserialize<CalendarEdit>(JsonSerializer.Serialize(edit, Json.Plain), Json.Plain)!;
        Assert.Equal(Try("cn", edit).After.Get("cn").Mark, Try("cn", read).After.Get("cn").Mark);
        var layer = CalendarDraft.LayerText(Try("cn", edit).After.LayerOf("cn"));
        var row = new CalendarVersion { Code = "cn", Version = 1, At = default, ById = default, ByName = "", WhatZh = "", WhatEn = "", Layer = layer };
        Assert.Equal(Try("cn", edit).After.Get("huguan").Mark, InstalledCalendars.Of(Clock.All, [row], new Dictionary<Guid, string>()).Get("huguan").Mark);
    }

    private static PutDays Day(string date, DayKind kind) =>
        new(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), null, kind, "停电", "Power cut", null, null, false);

    private static CalendarDraft Try(string code, CalendarEdit edit) => CalendarEdits.Try(Shipped, code, edit).Value;

    private static void Refused(InstalledCalendars calendars, string code, CalendarEdit edit, string field, string message)
    {
        var problem = Assert.IsType<Failure.Invalid>(CalendarEdits.Try(calendars, code, edit).Failure).Problems[0];
        Assert.Equal(field, problem.Field);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }
}
