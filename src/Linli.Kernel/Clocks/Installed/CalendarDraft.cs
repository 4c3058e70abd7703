using System.Text.Json;

namespace Linli.Kernel.Clocks;

/// <summary>A change that was tried out and found possible; nothing is written yet.</summary>
/// <param name="Now">The calendars as they are.</param>
/// <param name="After">The calendars as they would be.</param>
/// <param name="What">The change in words.</param>
/// <param name="Dates">The dates that it is about; empty where it is about the whole calendar.</param>
public sealed record CalendarDraft(string Code, InstalledCalendars Now, InstalledCalendars After, Wording What, IReadOnlyList<DateOnly> Dates)
{
    /// <summary>It says what is there already.</summary>
    public bool IsSame => LayerText(Now.LayerOf(Code)) == LayerText(After.LayerOf(Code)) && Now.All.Find(Code) is not null;

    /// <summary>Calendars whose layer the change writes anew.</summary>
    public IEnumerable<string> Touched => After.All.Codes.Where(c => Now.All.Find(c) is null || LayerText(Now.LayerOf(c)) != LayerText(After.LayerOf(c)));

    /// <summary>Calendars that count otherwise afterwards, also because they follow the changed one.</summary>
    public IReadOnlyList<string> Moved => [.. After.ChangedSince(Now)];

    /// <summary>The named dates before and after, where their hours differ.</summary>
    public IReadOnlyList<(WorkDay Before, WorkDay After)> Days
    {
        get
        {
            if (Now.All.Find(Code) is null)
            {
                return [];
            }

            var (before, after) = (Now.Get(Code), After.Get(Code));
            return [.. Dates.Select(d => (before.On(d), after.On(d))).Where(p => !p.Item1.Hours.SequenceEqual(p.Item2.Hours))];
        }
    }

    public static string LayerText(CalendarLayer layer) => JsonSerializer.Serialize(layer, Json.Plain);
}
