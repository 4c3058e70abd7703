using Linli.Kernel.Clocks;
using Linli.Kernel.Clocks.Import;
using static Linli.Kernel.Tests.Clocks.Clock;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>Next year's holidays, from a file, before they are taken over.</summary>
public sealed class ImportTests
{
    private const string HolidayCn = """
        { "$schema": "x", "year": 2027, "papers": ["https://www.gov.cn/notice-2027.htm"], "days": [
          { "name": "元旦", "date": "2026-12-31", "isOffDay": true },
          { "name": "元旦", "date": "2027-01-01", "isOffDay": true },
          { "name": "元旦", "date": "2027-01-03", "isOffDay": false } ] }
        """;

    private const string Calendar = """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20261231
        DTEND;VALUE=DATE:20270102
        SUMMARY:元旦
          假期
        URL:https://www.gov.cn/notice-2027.htm
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20270103
        SUMMARY:元旦补班
        URL:https://www.gov.cn/notice-2027.htm
        END:VEVENT
        END:VCALENDAR
        """;

    [Theory]
    [InlineData(HolidayCn)]
    [InlineData(Calendar)]
    public void The_same_year_is_read_from_either_form(string text)
    {
        var year = CalendarYearReader.Read(text).Value;
        Assert.Equal(2027, year.Year);
        Assert.Equal(["https://www.gov.cn/notice-2027.htm"], year.Notices);
        Assert.Equal(
            [("2026-12-31", DayKind.Holiday), ("2027-01-01", DayKind.Holiday), ("2027-01-03", DayKind.MakeUp)],
            year.Days.Select(d => (Words.Date(d.Date), d.Kind)));
        Assert.All(year.Days, d => Assert.Equal(("元旦", "New Year's Day", year.Notices[0]), (d.NameZh, d.NameEn, d.Notice)));
    }

    [Fact]
    public void The_shipped_form_reads_back()
    {
        var year = Cn.Definition.Years.Single(y => y.Year == 2020);
        Assert.Equal(year.Days, CalendarYearReader.Read(System.Text.Json.JsonSerializer.Serialize(year, Json.Plain)).Value.Days);
    }

    [Fact]
    public void A_preview_names_the_due_times_that_would_move_and_nothing_is_changed_by_it()
    {
        var changed = All.WithYear("cn", CalendarYearReader.Read(HolidayCn).Value).Value;
        (string, ClockLedger)[] clocks =
        [
            ("over New Year", new ClockLedger(At("2026-12-30T10:00"), Of("3 working days"), DayRule.NextDay)),
            ("before", new ClockLedger(At("2026-12-01T10:00"), Of("3 working days"), DayRule.NextDay)),
            ("standing still", new ClockLedger(At("2026-12-30T10:00"), Of("3 working days"), DayRule.NextDay) { Pauses = [new ClockPause(At("2026-12-30T11:00"), null)] }),
        ];

        var moved = Assert.Single(CalendarChange.Moves(Cn, changed.Get("cn").Value, clocks));
        Assert.Equal(("over New Year", At("2027-01-04T18:00"), At("2027-01-05T18:00")), (moved.Key, moved.Before, moved.After));
        Assert.Equal(["2026-12-31", "2027-01-01", "2027-01-03"], CalendarChange.Days(Cn, changed.Get("cn").Value, 2027).Select(d => Words.Date(d.Before.Date)));
        Assert.Empty(changed.Get("huguan").Value.YearsWithoutData(At("2027-03-01T10:00"), At("2027-04-01T10:00")));
        Assert.Equal([2027], Cn.YearsWithoutData(At("2027-03-01T10:00"), At("2027-04-01T10:00")));
    }

    [Theory]
    [InlineData("", "这个文件不是 JSON 或 iCalendar：第 {0} 行")]
    [InlineData("null", "看不懂放假安排")]
    [InlineData("[1,2]", "看不懂放假安排")]
    [InlineData("{\"year\":2027}", "看不懂放假安排")]
    [InlineData("{\"year\":2027,\"days\":[{\"date\":\"2027-02-30\",\"nameZh\":\"x\"}]}", "第 {0} 条的日期 date")]
    [InlineData("{\"year\":2027,\"papers\":[],\"days\":[]}", "文件里没有任何放假或补班日")]
    [InlineData("{\"year\":2027,\"papers\":[],\"days\":[{\"name\":\"x\",\"date\":\"2029-01-01\",\"isOffDay\":true}]}", "{0} 不属于 {1} 年的放假安排")]
    [InlineData("{\"year\":2027,\"papers\":[],\"days\":[{\"name\":\"x\",\"date\":\"2027-01-01\",\"isOffDay\":true},{\"name\":\"x\",\"date\":\"2027-01-01\",\"isOffDay\":false}]}", "{0} 出现了两次")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR", "文件里没有任何放假或补班日")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", "看不懂放假安排")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270101\nDTEND:20290101\nEND:VEVENT", "{0} 开始的一条有 {1} 天")]
    public void Files_that_are_not_a_year_are_refused(string text, string message) =>
        Assert.StartsWith(message, Assert.Single(Assert.IsType<Failure.Invalid>(CalendarYearReader.Read(text).Failure).Problems).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"kind\":\"party\"", "第 {0} 条的 {1} “{2}”不认识；可用 {3}。", 2, "kind", "party", "holiday, makeUp, closure")]
    [InlineData("\"kind\":7", "第 {0} 条的 {1} “{2}”不认识；可用 {3}。", 2, "kind", "7", "holiday, makeUp, closure")]
    [InlineData("\"hours\":[\"8-12\"]", "第 {0} 条的工作时间 hours “{1}”不对；请写成 08:30-12:00。", 2, "8-12")]
    [InlineData("\"date\":\"soon\"", "第 {0} 条的日期 date “{1}”不对；请写成 2027-01-01。", 2, "soon")]
    [InlineData("\"nameZh\":\"\"", "第 {0} 条没有名称 {1}。", 2, "nameZh")]
    [InlineData("\"notice\":[1]", "看不懂放假安排：{0}。请用 JSON 或 iCalendar 文件。", "$.days[1].notice")]
    public void A_wrong_entry_is_told_by_its_number_in_the_words_of_the_file(string wrong, string message, params object[] values)
    {
        var name = wrong.StartsWith("\"nameZh", StringComparison.Ordinal) ? "" : ",\"nameZh\":\"x\"";
        var date = wrong.StartsWith("\"date", StringComparison.Ordinal) ? "" : ",\"date\":\"2027-01-02\"";
        var text = $"{{\"year\":2027,\"days\":[{{\"date\":\"2027-01-01\",\"nameZh\":\"x\"}},{{{wrong}{name}{date}}}]}}";
        var problem = Assert.Single(Assert.IsType<Failure.Invalid>(CalendarYearReader.Read(text).Failure).Problems);
        Assert.Equal(message, problem.Message);
        Assert.Equal(values, problem.Values);
    }

    [Fact]
    public void Of_a_file_that_is_no_JSON_the_line_is_told() =>
        Assert.Equal([3L], Assert.Single(Assert.IsType<Failure.Invalid>(CalendarYearReader.Read("{\n\"year\": 2027,\n\"days\": [}\n").Failure).Problems).Values);

    [Fact]
    public void One_day_off_is_one_day_in_English()
    {
        var day = new DayException(new DateOnly(2027, 1, 1), DayKind.Holiday, "元旦");
        Assert.Equal("Holidays of 2027: 1 day off, 0 make-up working days", CalendarWords.Of(new PutYear(new CalendarYear(2027, [], [day]))).En);
    }

    [Fact]
    public void An_endless_file_and_an_unknown_calendar_are_refused()
    {
        Assert.False(CalendarYearReader.Read(new string('x', 10_000_000)).Succeeded);
        Assert.IsType<Failure.NotFound>(All.WithYear("mars", CalendarYearReader.Read(HolidayCn).Value).Failure);
    }
}
