using System.Globalization;
using Linli.Kernel.Clocks;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>Short words for the tests of this folder.</summary>
internal static class Clock
{
    public static WorkCalendars Shipped { get; } = WorkCalendars.Shipped();

    public static WorkCalendar Cn => Calendar("cn");

    public static WorkCalendar Calendar(string code) => Shipped.Get(code).Value;

    /// <summary>An instant; Beijing time unless it says otherwise.</summary>
    public static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text.LastIndexOf('+') > 0 || text.EndsWith('Z') || text.LastIndexOf('-') > 9 ? text : text + "+08:00", CultureInfo.InvariantCulture);

    public static Budget Of(string budget) => Budget.Parse(budget).Value;
}
