using System.Collections.Frozen;

namespace Linli.Kernel.Clocks;

/// <summary>
/// The calendars of the installation: those shipped in data/calendars, and the county's own. Each is built when it is first asked for.
/// A calendar that <see cref="WorkCalendarDefinition.Extends">extends</see> another keeps that one's years and exceptions besides its own.
/// </summary>
public sealed class WorkCalendars
{
    private readonly FrozenDictionary<string, WorkCalendarDefinition> _definitions;
    private readonly FrozenDictionary<string, Lazy<Outcome<WorkCalendar>>> _calendars;

    public WorkCalendars(IEnumerable<WorkCalendarDefinition> definitions) : this(definitions, null)
    {
    }

    /// <param name="known">Calendars that are built already; taken over where nothing that they rest on has changed.</param>
    private WorkCalendars(IEnumerable<WorkCalendarDefinition> definitions, WorkCalendars? known)
    {
        _definitions = definitions.ToFrozenDictionary(d => d.Code);
        _calendars = _definitions.ToFrozenDictionary(d => d.Key, d => known is not null && Rests(d.Key).All(c => ReferenceEquals(known.Find(c), Find(c)))
            ? known._calendars[d.Key]
            : new Lazy<Outcome<WorkCalendar>>(() => Build(d.Value)));
    }

    public IReadOnlyCollection<string> Codes => [.. _definitions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>As written down, before anything is taken from the calendar it extends.</summary>
    public IReadOnlyCollection<WorkCalendarDefinition> Definitions => _definitions.Values;

    /// <summary>The shipped calendars, from the folder beside the running program or, from the sources, in the repository.</summary>
    public static WorkCalendars Shipped() => ReadFolder(CalendarFolder.Find());

    /// <summary>Every *.json of the folder is a calendar; the files of a folder CODE/ beside it are its years. Wrong files throw: they are shipped.</summary>
    public static WorkCalendars ReadFolder(string folder) => new(CalendarFolder.Read(folder));

    /// <summary>The same calendars with some added or put in place of those with the same code.</summary>
    public WorkCalendars With(params IEnumerable<WorkCalendarDefinition> definitions)
    {
        var all = _definitions.ToDictionary();
        foreach (var definition in definitions)
        {
            all[definition.Code] = definition;
        }

        return new WorkCalendars(all.Values, this);
    }

    /// <summary>As written down; null where there is none with this code.</summary>
    public WorkCalendarDefinition? Find(string code) => _definitions.GetValueOrDefault(code);

    /// <summary>The calendar's code and those of the calendars that it extends; ends where a chain leads back to itself.</summary>
    public IReadOnlyList<string> Rests(string code)
    {
        List<string> chain = [];
        for (string? next = code; next is not null && !chain.Contains(next); next = Find(next)?.Extends)
        {
            chain.Add(next);
        }

        return chain;
    }

    /// <summary>The same calendars with a year's holidays added to one of them, or put in place of what it had for that year.</summary>
    public Outcome<WorkCalendars> WithYear(string code, CalendarYear year)
    {
        if (!_definitions.TryGetValue(code, out var definition))
        {
            return Unknown(code);
        }

        var changed = With(definition with { Years = [.. definition.Years.Where(y => y.Year != year.Year).Append(year).OrderBy(y => y.Year)] });
        var built = changed.Get(code);
        return built.Succeeded ? changed : built.Failure;
    }

    /// <summary>The calendar; refused when there is none with this code, or when what was written down is wrong.</summary>
    public Outcome<WorkCalendar> Get(string code) => _calendars.TryGetValue(code, out var calendar)
        ? calendar.Value
        : Unknown(code);

    private Failure.NotFound Unknown(string code) => new("没有工作日历“{0}”。现有：{1}。", code, string.Join(", ", Codes));

    private Outcome<WorkCalendar> Build(WorkCalendarDefinition definition)
    {
        List<string> seen = [definition.Code];
        for (var extends = definition.Extends; extends is not null;)
        {
            if (seen.Contains(extends) || !_definitions.TryGetValue(extends, out var parent))
            {
                return new Failure.Invalid("extends", "日历“{0}”依据的日历“{1}”不存在，或绕回了自己。", definition.Code, extends);
            }

            seen.Add(extends);
            var own = definition.Years;
            definition = definition with
            {
                // A list of its own for a year goes before the one that it would take over.
                Years = [.. parent.Years.Where(p => own.All(y => y.Year != p.Year)), .. own],
                Exceptions = [.. parent.Exceptions, .. definition.Exceptions],
            };
            extends = parent.Extends;
        }

        return WorkCalendar.Create(definition);
    }
}
