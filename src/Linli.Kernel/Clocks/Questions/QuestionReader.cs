namespace Linli.Kernel.Clocks.Questions;

/// <summary>Reads the parts of a question and remembers everything that is wrong with it, to tell it at once.</summary>
internal sealed class QuestionReader(WorkCalendars calendars, string? calendarCode)
{
    private readonly List<FieldProblem> _problems = [];

    public Failure? Failure => _problems.Count == 0 ? null : new Failure.Invalid(_problems);

    public WorkCalendar? Calendar { get; private set; }

    public WorkCalendar? ReadCalendar()
    {
        var outcome = calendars.Get(string.IsNullOrWhiteSpace(calendarCode) ? "cn" : calendarCode.Trim());
        if (outcome.Failure is Failure.NotFound unknown)
        {
            _problems.Add(new FieldProblem("calendar", unknown.Message, unknown.Values));
            return null;
        }

        return Calendar = Take(outcome);
    }

    /// <summary>Read against the calendar; nothing where there is none, which is told already.</summary>
    public DateTimeOffset ReadTime(string? text, string field)
    {
        if (Calendar is null)
        {
            return default;
        }

        var time = Take(ClockTime.Parse(text, Calendar, field));
        if (time != default && WorkCalendar.CheckStart(time, field) is Failure.Invalid outside)
        {
            _problems.AddRange(outside.Problems);
        }

        return time;
    }

    public Budget ReadBudget(string? text, string field) => Take(Budget.Parse(text, field));

    public DayRule ReadRule(string? text)
    {
        switch (text?.Trim())
        {
            case null or "" or "minute":
                return DayRule.Minute;
            case "next-day" or "nextDay":
                return DayRule.NextDay;
            default:
                Say("rule", "规则“{0}”不认识：只有 minute 和 next-day。", text);
                return default;
        }
    }

    public void Say(string field, string message, params object[] values) => _problems.Add(new FieldProblem(field, message, values));

    private T? Take<T>(Outcome<T> outcome) where T : notnull
    {
        if (outcome.Succeeded)
        {
            return outcome.Value;
        }

        _problems.AddRange(((Failure.Invalid)outcome.Failure).Problems);
        return default;
    }
}
