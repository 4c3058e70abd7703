namespace Linli.Kernel.People;

public enum Role
{
    /// <summary>派单员: triage, duplicates, dispatch, inside an area.</summary>
    Dispatcher,

    /// <summary>承办人: takes on and handles what is given to the organisation.</summary>
    Handler,

    /// <summary>网格员: files for others, patrols, handles small things on the spot.</summary>
    GridWorker,

    /// <summary>督办员: overdue work, arbitration, extensions, appeals.</summary>
    Supervisor,

    /// <summary>回访员: checks what was handled; never the handler.</summary>
    Verifier,

    Administrator,
    Auditor,
    Statistician,
}

/// <summary>What somebody may do, for which organisation, in which area, from when to when. Several per person.</summary>
public sealed class Appointment
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid AccountId { get; init; }
    public required Role Role { get; init; }

    /// <summary>The organisation whose work it is; set for handlers, grid workers and members of teams.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>Prefix of the area codes it reaches; the county's code for everything.</summary>
    public required string AreaCode { get; init; }

    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? Until { get; set; }
}
