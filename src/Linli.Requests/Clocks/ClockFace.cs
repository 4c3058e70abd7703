using System.Text.Json.Serialization;
using Linli.Kernel.Clocks;
using Linli.Shell.Text;

namespace Linli.Requests.Clocks;

/// <summary>How one clock stands at the moment of reading, as badges and programs say it.</summary>
/// <param name="DueAt">Absent while it stands still.</param>
/// <param name="Left">
/// Minutes left, negative when overdue: of open time where the budget is one of working time, else by the clock on the wall.
/// Of a clock that stands still what is left when it goes on, of a stopped one what was left.
/// </param>
/// <param name="InWorkingTime">Whether <paramref name="Left"/> counts open time.</param>
/// <param name="Text">The same in words and in the reader's language: 还剩 1 个工作日 3 个工作小时.</param>
public sealed record ClockFace(ClockKind Clock, ClockStanding Standing, DateTimeOffset? DueAt, int Left, bool InWorkingTime, string Text)
{
    /// <summary>For badges.</summary>
    [JsonIgnore]
    public ClockReading? Reading { get; init; }

    internal static ClockFace Of(RequestClock clock, ClockReading reading) => new(
        clock.Kind, reading.Standing, reading.Due, reading.Left.Minutes, Budget.Parse(clock.Budget).Value.IsWorkingTime, Texts.Pick(reading.Left.Words.Zh, reading.Left.Words.En))
    {
        Reading = reading,
    };
}
