using Linli.Kernel;

namespace Linli.Requests.Catalogue;

/// <summary>
/// Who answers for what and where. The most specific line wins, see <see cref="Owners.ResponsibleOrganisation"/>.
/// Lines are dated: what an import replaces is ended, so that an old date still gives the old answer.
/// </summary>
public sealed class Responsibility : IRemembered
{
    public long Id { get; init; }

    /// <summary>Either a type …</summary>
    public string? ServiceTypeCode { get; init; }

    /// <summary>… or a whole group.</summary>
    public string? GroupCode { get; init; }

    /// <summary>It holds for this area and everything inside.</summary>
    public required string AreaCode { get; init; }
    public required Guid OrganisationId { get; init; }

    /// <summary>Takes over between closing and opening time.</summary>
    public bool IsNightDuty { get; init; }

    /// <summary>A site or an asset, by the names that people have for it with | between them: 207国道|国道207. Holds for requests that name one.</summary>
    public string? Site { get; init; }

    /// <summary>It holds from this time of day, local time …</summary>
    public TimeOnly? HoursFrom { get; init; }

    /// <summary>… until this one, of the next day where that is earlier. Both or neither.</summary>
    public TimeOnly? HoursUntil { get; init; }

    /// <summary>First day, in local time; always, when absent.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>The duty or rule that says so.</summary>
    public string? Source { get; set; }

    string IRemembered.Stamp => ChangeStamp.Catalogue;

    /// <summary>How much of a day it holds: the fewer hours, the more it is meant for them.</summary>
    public TimeSpan HoursADay => Hours is { } hours ? hours.Until - hours.From : TimeSpan.FromDays(1);

    /// <summary>When it holds, in local time; null all day. Night duty begins when the offices close and ends when they open.</summary>
    public (TimeOnly From, TimeOnly Until)? Hours =>
        HoursFrom is { } from && HoursUntil is { } until ? (from, until) : IsNightDuty ? (new TimeOnly(18, 0), new TimeOnly(8, 30)) : null;

    public bool HoldsOn(DateOnly day) => !(From > day) && !(Until < day);

    public bool HoldsAt(TimeOnly time) => Hours is not { } hours || time.IsBetween(hours.From, hours.Until);

    /// <summary>The name of its site that stands in the words; null when none does.</summary>
    public string? SiteIn(string words) => Site?.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .FirstOrDefault(name => words.Contains(name, StringComparison.OrdinalIgnoreCase));
}
