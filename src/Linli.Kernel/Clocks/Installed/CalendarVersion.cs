namespace Linli.Kernel.Clocks;

/// <summary>
/// A calendar's layer from one change to the next, with who made the change. Rows are only added: the newest holds, an older one still
/// explains what was due under it. Two people who change the same version write the same key, and the second is refused.
/// </summary>
public sealed class CalendarVersion : IRemembered
{
    public required string Code { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int Version { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid ById { get; init; }
    public required string ByName { get; init; }

    /// <summary>What was changed, in both languages.</summary>
    public required string WhatZh { get; init; }
    public required string WhatEn { get; init; }

    /// <summary>The whole <see cref="CalendarLayer"/> as JSON.</summary>
    public required string Layer { get; init; }

    string IRemembered.Stamp => ChangeStamp.Calendars;
}
