using Linli.Kernel.Clocks;
using Linli.Kernel.Clocks.Questions;
using static Linli.Kernel.Tests.Clocks.Clock;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>What people and programs type, read or refused.</summary>
public sealed class QuestionTests
{
    private static readonly WorkCalendars Places = All.With(All.Find("24x7")! with { Code = "apia", TimeZone = "Pacific/Apia" });

    [Theory]
    [InlineData("2025-01-24T15:20+08:00")]
    [InlineData("2025-01-24T15:20")]
    [InlineData("2025-01-24 15:20")]
    [InlineData("2025-01-24T15:20 08:00")]
    [InlineData("2025-01-24T15:20+0800")]
    [InlineData("2025-01-24T07:20Z")]
    [InlineData("2025-01-24T07:20:00.000Z")]
    [InlineData("2025-01-24T02:20:00-05:00")]
    public void The_same_instant_in_many_forms(string start)
    {
        var answer = new ExplainQuestion(start, "3 working days").Answer(All).Value;
        Assert.Equal((At("2025-01-24T15:20"), At("2025-02-05T15:20"), "cn", "minute"), (answer.Start, answer.Due, answer.Calendar, answer.Rule));
        Assert.Equal(TimeSpan.FromHours(8), answer.Start.Offset);
    }

    [Theory]
    [InlineData("yesterday", "看不懂时间")]
    [InlineData("", "看不懂时间")]
    [InlineData(null, "看不懂时间")]
    [InlineData("2025-01-24", "看不懂时间")]
    [InlineData("2025-02-30T10:00", "看不懂时间")]
    [InlineData("2025-01-24T25:00", "看不懂时间")]
    [InlineData("2025-01-24T15:20+08:00; --", "看不懂时间")]
    [InlineData("2025-01-24T15:20+15:00", "时间“{0}”的时区偏移不对")]
    [InlineData("0001-01-01T00:00+08:00", "时间“{0}”的时区偏移不对")]
    [InlineData("1899-12-31T00:00Z", "时间 {0} 超出范围")]
    [InlineData("2201-01-01T00:00Z", "时间 {0} 超出范围")]
    [InlineData("9999-12-31T23:59", "时间 {0} 超出范围")]
    public void Starts_that_cannot_be(string? start, string message) => Refused(new ExplainQuestion(start, "1 hour"), "start", message);

    [Fact]
    public void A_local_time_inside_a_gap_or_a_repeated_hour_is_refused_and_with_its_offset_taken()
    {
        Refused(new ExplainQuestion("2025-03-30T02:30", "1 hour", "berlin"), "start", "{1} 没有 {0} 这个时刻");
        Refused(new ExplainQuestion("2025-10-26T02:30", "1 hour", "berlin"), "start", "{1} 的 {0} 出现两次");
        Assert.Equal(At("2025-03-30T04:30+02:00"), new ExplainQuestion("2025-03-30T02:30+01:00", "1 hour", "berlin").Answer(All).Value.Due);
        Assert.Equal(At("2025-10-26T02:30+01:00"), new ExplainQuestion("2025-10-26T02:30+02:00", "1 hour", "berlin").Answer(All).Value.Due);
    }

    [Fact]
    public void A_local_time_on_a_date_that_the_place_skipped_is_refused()
    {
        Refused(new ExplainQuestion("2011-12-30T12:00", "1 hour", "apia"), "start", "{1} 没有 {0} 这个时刻");
        Assert.Equal(At("2011-12-31T13:00+14:00"), new ExplainQuestion("2011-12-31T12:00", "1 hour", "apia").Answer(Places).Value.Due);
    }

    [Fact]
    public void A_local_time_before_standard_time_is_read_by_the_calendar_and_not_by_the_sun() =>
        Assert.Equal(At("1900-01-24T15:20"), new ExplainQuestion("1900-01-24T15:20", "1 hour").Answer(All).Value.Start);

    [Fact]
    public void Pauses_and_extensions_are_read()
    {
        var answer = new ExplainQuestion("2025-03-12T10:00", "3 working days", Pauses: ["2025-03-13T09:00/2025-03-14T09:00"], Extensions: ["1 working day"]).Answer(All).Value;
        Assert.Equal(At("2025-03-19T10:00"), answer.Due);
        Assert.Null(new ExplainQuestion("2025-03-12T10:00", "3 working days", Pauses: ["2025-03-13T09:00/"]).Answer(All).Value.Due);
    }

    [Fact]
    public void Pauses_and_extensions_that_cannot_be_are_refused()
    {
        Refused(new ExplainQuestion("2025-03-12T10:00", "1 hour", Pauses: ["2025-03-13T09:00"]), "pause", "看不懂挂起");
        Refused(new ExplainQuestion("2025-03-12T10:00", "1 hour", Pauses: ["2025-03-13T09:00/2025-03-12T09:00"]), "pauses", "挂起的结束时间");
        Refused(new ExplainQuestion("2025-03-12T10:00", "1 hour", Extensions: ["more"]), "extension", "看不懂时限");
        Refused(new ExplainQuestion("2025-03-12T10:00", "1 hour", Extensions: [.. Enumerable.Repeat("1 hour", 101)]), "pause", "挂起和延期各最多");
        Refused(new ExplainQuestion("2200-03-12T10:00", "10000 working days", Extensions: ["10000 working days", "10000 working days"]), "budget", "结果超出日历的范围");
    }

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        var failure = Assert.IsType<Failure.Invalid>(new ExplainQuestion("x", "y", "cn", "z").Answer(All).Failure);
        Assert.Equal(["start", "budget", "rule"], failure.Problems.Select(p => p.Field));
    }

    [Fact]
    public void Elapsed_time_comes_in_every_unit()
    {
        var answer = new ElapsedQuestion("2025-01-24T15:20", "2025-02-05T16:50").Answer(All).Value;
        Assert.Equal(("PT24H", 1440.0, 24.0, 3.2, 3), (answer.Elapsed, answer.Minutes, answer.Hours, answer.WorkingDays, answer.Dates));
        Assert.Equal("工作时间 24 小时（3 个工作日 1 个工作小时）", answer.Zh);
        Assert.Equal("PT27H15M30S", new ElapsedQuestion("2025-01-24T15:20", "2025-02-06T10:35:30").Answer(All).Value.Elapsed);
        Assert.Equal("PT0S", new ElapsedQuestion("2025-01-25T15:20", "2025-01-25T16:20").Answer(All).Value.Elapsed);
    }

    [Fact]
    public void Elapsed_time_says_which_years_lack_their_holidays()
    {
        var future = new ElapsedQuestion("2030-01-24T15:20", "2030-02-05T16:50").Answer(All).Value;
        Assert.Equal([2030], future.YearsWithoutData);
        Assert.Contains("。注意：日历中还没有 2030 年的放假调休安排", future.Zh, StringComparison.Ordinal);
        Assert.Contains(". Mind: the calendar has no holiday notice for 2030 yet", future.En, StringComparison.Ordinal);
        Assert.EndsWith(
            "Mind: the calendar has no holidays recorded for 1900 (they begin with 2007); reckoned by the weekly hours alone",
            new ElapsedQuestion("1900-01-24T15:20", "1900-02-05T16:50").Answer(All).Value.En,
            StringComparison.Ordinal);
    }

    private static void Refused(ExplainQuestion question, string field, string message)
    {
        var problems = Assert.IsType<Failure.Invalid>(question.Answer(Places).Failure).Problems;
        Assert.Contains(problems, p => p.Field == field && p.Message.StartsWith(message, StringComparison.Ordinal));
    }
}
