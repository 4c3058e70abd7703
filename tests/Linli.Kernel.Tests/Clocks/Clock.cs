using System.Globalization;
using System.Text.Json;
using Linli.Kernel.Clocks;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>Short words for the tests of this folder.</summary>
internal static class Clock
{
    /// <summary>The shipped calendars, and those of the folder calendars/.</summary>
    public static WorkCalendars All { get; } = WorkCalendars.Shipped().With(Directory.GetFiles(Path.Combine(CaseTable.Folder, "calendars"))
        .Select(f => JsonSerializer.Deserialize<WorkCalendarDefinition>(File.ReadAllText(f), Json.Plain)!));

    public static WorkCalendar Cn => Calendar("cn");

    public static WorkCalendar Calendar(string code) => All.Get(code).Value;

    /// <summary>An instant; Beijing time unless it says otherwise.</summary>
    public static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text.LastIndexOf('+') > 0 || text.EndsWith('Z') || text.LastIndexOf('-') > 9 ? text : text + "+08:00", CultureInfo.InvariantCulture);

    public static Budget Of(string budget) => Budget.Parse(budget).Value;
}
