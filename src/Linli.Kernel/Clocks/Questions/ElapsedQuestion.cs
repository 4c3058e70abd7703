using System.Globalization;
using System.Xml;

namespace Linli.Kernel.Clocks.Questions;

/// <summary>How much working time lies between two instants?</summary>
public sealed record ElapsedQuestion(string? From, string? To, string? Calendar = null)
{
    public Outcome<ElapsedAnswer> Answer(WorkCalendars calendars)
    {
        var reader = new QuestionReader(calendars, Calendar);
        var calendar = reader.ReadCalendar();
        var (from, to) = (reader.ReadTime(From, "from"), reader.ReadTime(To, "to"));
        if (reader.Failure is null && to < from)
        {
            reader.Say("to", "结束 {1} 早于开始 {0}。", Words.Minute(from), Words.Minute(to));
        }

        return reader.Failure is { } failure ? failure : ElapsedAnswer.Of(calendar!, from, to);
    }
}

/// <summary>Working time in several units at once, and the wall clock's for comparison.</summary>
/// <param name="Elapsed">Working time as an ISO 8601 duration.</param>
/// <param name="Minutes">Working time.</param>
/// <param name="WorkingDays">Working time in standard days of the calendar.</param>
/// <param name="Dates">Working days whose date is after that of From and not after that of To.</param>
/// <param name="WallMinutes">Day and night.</param>
public sealed record ElapsedAnswer(
    DateTimeOffset From,
    DateTimeOffset To,
    string Calendar,
    string TimeZone,
    string Elapsed,
    double Minutes,
    double Hours,
    double WorkingDays,
    int Dates,
    double WallMinutes,
    string Zh,
    string En,
    IReadOnlyList<int> YearsWithoutData)
{
    internal static ElapsedAnswer Of(WorkCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        var open = calendar.OpenBetween(from, to);
        var years = calendar.YearsWithoutData(from, to);
        var words = LineWords.Cautions(calendar, years).Aggregate(LineWords.Elapsed(calendar, open), (all, caution) => all + new Wording($"。{caution.Zh}", $". {caution.En}"));
        return new ElapsedAnswer(
            calendar.Local(from),
            calendar.Local(to),
            calendar.Code,
            calendar.TimeZone.Id,
            Iso(open),
            open.TotalMinutes,
            open.TotalHours,
            open / calendar.StandardDay,
            calendar.WorkingDaysBetween(from, to),
            (to - from).TotalMinutes,
            words.Zh,
            words.En,
            years);
    }

    /// <summary>PT40H40M: in hours and less, as a day of working time is not 24 hours.</summary>
    private static string Iso(TimeSpan open)
    {
        var hours = (long)open.TotalHours;
        var rest = open - TimeSpan.FromHours(hours);
        return hours == 0 ? XmlConvert.ToString(rest) : string.Create(CultureInfo.InvariantCulture, $"PT{hours}H{(rest == TimeSpan.Zero ? "" : XmlConvert.ToString(rest)[2..])}");
    }
}
