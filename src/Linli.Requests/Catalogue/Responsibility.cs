using Linli.Kernel;

namespace Linli.Requests.Catalogue;

/// <summary>
/// Who answers for what and where. The most specific line wins, see <see cref="ResponsibleOrganisation"/>.
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

    public bool HoldsOn(DateOnly day) => !(From > day) && !(Until < day);
}
