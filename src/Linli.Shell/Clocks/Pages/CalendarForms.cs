using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Clocks.Pages;

/// <summary>What is wrong with typed text, gathered while it is read.</summary>
internal sealed class Typed
{
    public List<FieldProblem> Problems { get; } = [];

    public DateOnly? Date(string field, string? text, bool isRequired = false)
    {
        if (string.IsNullOrWhiteSpace(text) && !isRequired)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Problems.Add(new FieldProblem(field, "看不懂日期“{0}”。请写成 2027-01-01。", text ?? ""));
        return null;
    }

    /// <summary>Stretches such as "08:30-12:00, 14:00-18:00"; null where nothing is typed.</summary>
    public IReadOnlyList<OpenHours>? Hours(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var hours = new List<OpenHours>();
        foreach (var part in text.Split([',', '，', '、', ';', '；', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!OpenHours.TryParse(part, out var stretch))
            {
                Problems.Add(new FieldProblem(field, "看不懂工作时间“{0}”。请写成 08:30-12:00，多段用逗号或空格隔开，最晚 24:00。", text.Length <= 60 ? text : text[..60] + "…"));
                return null;
            }

            hours.Add(stretch);
        }

        return hours;
    }

    public Outcome<CalendarEdit> Or(Func<CalendarEdit> edit) => Problems.Count > 0 ? new Failure.Invalid(Problems) : edit();

    public static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>The form about special days, as typed.</summary>
public sealed record DayForm(string? From, string? Until, string? Kind, string? NameZh, string? NameEn, string? Hours, string? Notice, bool Replaces, bool IsOwn = false)
{
    public static DayForm Of(IFormCollection form) => new(
        form["from"], form["until"], form["kind"], form["nameZh"], form["nameEn"], form["hours"], form["notice"], form["replaces"] == "true", form["isOwn"] == "true");

    /// <summary>Filled with what the calendar says about the date now.</summary>
    public static DayForm Of(InstalledCalendars calendars, string code, DateOnly? from, DateOnly? until)
    {
        var day = from is { Year: >= 1900 and <= 2200 } date ? calendars.Get(code).On(date).Exception : null;
        return new DayForm(
            from is { } first ? Words.Date(first) : null, until is { } last ? Words.Date(last) : null, day?.Kind.ToString(), day?.NameZh, day?.NameEn,
            day?.Hours is { } hours ? string.Join(", ", hours) : null, day?.Notice, day is not null, from is not null && calendars.LayerOf(code).Exceptions.Any(e => e.Date == from));
    }

    public Outcome<CalendarEdit> Read()
    {
        var typed = new Typed();
        var (from, until, hours) = (typed.Date("from", From, isRequired: true), typed.Date("until", Until), typed.Hours("hours", Hours));
        if (!Enum.TryParse<DayKind>(Kind, out var kind) || !Enum.IsDefined(kind))
        {
            typed.Problems.Add(new FieldProblem("kind", "请选择种类。"));
        }

        return typed.Or(() => new PutDays(from!.Value, until, kind, NameZh?.Trim() ?? "", Typed.Trim(NameEn), Typed.Trim(Notice), hours, Replaces));
    }
}

/// <summary>The form about one set of weekly hours, as typed; <paramref name="Set"/> is its place among the others.</summary>
public sealed record HoursForm(int Set, string? NameZh, string? NameEn, string? From, string? To, string? Since, string? Until, IReadOnlyDictionary<DayOfWeek, string?> Days, bool IsNew, bool Remove = false)
{
    public static readonly IReadOnlyList<DayOfWeek> Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>Names of fields are those by which the calendar's own check names what is wrong.</summary>
    public string Field(string name) => $"hours[{Set}].{name}";

    public static HoursForm Of(IFormCollection form)
    {
        _ = int.TryParse(form["set"], out var set);
        string? Text(string name) => form[$"hours[{set}].{name}"];
        return new HoursForm(
            set, Text("nameZh"), Text("nameEn"), Text("from"), Text("to"), Text("since"), Text("until"), Week.ToDictionary(d => d, d => Text(d.ToString())), form["isNew"] == "true", form["remove"] == "true");
    }

    public static HoursForm Of(IReadOnlyList<WeeklyHours> all, int? set)
    {
        var at = set is { } n && n >= 0 && n < all.Count ? n : all.Count;
        var hours = at < all.Count ? all[at] : null;
        return new HoursForm(
            at, hours?.NameZh, hours?.NameEn, hours?.From, hours?.To, hours?.Since is { } since ? Words.Date(since) : null, hours?.Until is { } until ? Words.Date(until) : null,
            Week.ToDictionary(d => d, d => hours?.Days.GetValueOrDefault(d) is { } stretches ? string.Join(", ", stretches) : null), hours is null);
    }

    public Outcome<CalendarEdit> Read(IReadOnlyList<WeeklyHours> all)
    {
        var typed = new Typed();
        if (IsNew ? Set != all.Count : Set < 0 || Set >= all.Count)
        {
            return new Failure.Conflict("calendar_changed_meanwhile", "这套作息刚刚被别人改过。请回到日历页看过最新情况再改。");
        }

        var others = all.Where((_, n) => n != Set).ToList();
        if (Remove)
        {
            return new PutHours(others);
        }

        var days = Week.Select(d => (Day: d, Hours: typed.Hours(Field(d.ToString()), Days[d]))).Where(d => d.Hours is not null).ToDictionary(d => d.Day, d => d.Hours!);
        var set = new WeeklyHours(
            days, Typed.Trim(From), Typed.Trim(To), typed.Date(Field("since"), Since), typed.Date(Field("until"), Until), Typed.Trim(NameZh), Typed.Trim(NameEn));
        if (days.Count == 0 && typed.Problems.Count == 0)
        {
            typed.Problems.Add(new FieldProblem(Field(nameof(DayOfWeek.Monday)), "这套作息没有任何工作时间。请至少写一段，例如 08:30-12:00。"));
        }

        others.Insert(Set, set);
        return typed.Or(() => new PutHours(others));
    }
}

/// <summary>The form about a calendar itself, as typed; a new one has its first hours in it too.</summary>
public sealed record HeadForm(
    string? Code, string? NameZh, string? NameEn, string? TimeZone, string? StandardDay, string? Extends, bool KeepsHolidays, string? Weekdays = null, string? Saturday = null, string? Sunday = null)
{
    public static HeadForm New { get; } = new(null, null, null, "Asia/Shanghai", "450", InstalledCalendars.Usual, true, "08:30-12:00, 14:00-18:00");

    public static HeadForm Of(IFormCollection form) => new(
        form["code"], form["nameZh"], form["nameEn"], form["timeZone"], form["standardDayMinutes"], form["extends"], form["keepsHolidays"] == "true", form["weekdays"], form["saturday"], form["sunday"]);

    public static HeadForm Of(WorkCalendarDefinition definition, string? extends) => new(
        definition.Code, definition.NameZh, definition.NameEn, definition.TimeZone, definition.StandardDayMinutes.ToString(CultureInfo.InvariantCulture), extends, definition.KeepsHolidays);

    public Outcome<CalendarEdit> Read()
    {
        var typed = new Typed();
        var head = HeadOf(typed);
        return typed.Or(() => new PutHead(head));
    }

    public Outcome<CalendarEdit> ReadNew()
    {
        var typed = new Typed();
        var head = HeadOf(typed);
        var (weekdays, saturday, sunday) = (typed.Hours("weekdays", Weekdays), typed.Hours("saturday", Saturday), typed.Hours("sunday", Sunday));
        var days = HoursForm.Week.ToDictionary(d => d, d => (d switch { DayOfWeek.Saturday => saturday, DayOfWeek.Sunday => sunday, _ => weekdays }) ?? []);
        if (typed.Problems.Count == 0 && days.Values.All(h => h.Count == 0))
        {
            typed.Problems.Add(new FieldProblem("weekdays", "这套作息没有任何工作时间。请至少写一段，例如 08:30-12:00。"));
        }

        return typed.Or(() => new CreateCalendar(head, [new WeeklyHours(days.Where(d => d.Value.Count > 0).ToDictionary(d => d.Key, d => d.Value))]));
    }

    private CalendarHead HeadOf(Typed typed)
    {
        if (!int.TryParse(StandardDay, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
        {
            typed.Problems.Add(new FieldProblem("standardDayMinutes", "标准工作日要写分钟数，例如 450。"));
        }

        return new CalendarHead(NameZh?.Trim() ?? "", NameEn?.Trim() ?? "", TimeZone?.Trim() ?? "", minutes, Typed.Trim(Extends), KeepsHolidays);
    }
}
