using Microsoft.EntityFrameworkCore;

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

/// <summary>What somebody may do, for which organisation, in which area, for which matters, from when to when. Several per person.</summary>
public sealed class Appointment : IRemembered
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

    /// <summary>Codes of the service groups that it is limited to; null for all.</summary>
    public List<string>? ServiceGroups { get; init; }

    /// <summary>Cleared for sensitive matters: only such posts see requests of sensitive service types.</summary>
    public bool SeesSensitive { get; init; }

    /// <summary>代班: the appointment that this one stands in for; over at the latest when that one is.</summary>
    public Guid? DeputyOf { get; init; }

    string IRemembered.Stamp => ChangeStamp.Posts;
}

public static class Appointments
{
    /// <summary>Those that hold at this moment; a deputy's only while the post that it stands in for does.</summary>
    /// <param name="of">Where the posts are that deputies stand in for.</param>
    public static IQueryable<Appointment> ValidAt(this IQueryable<Appointment> appointments, DateTimeOffset now, DbContext of) => appointments
        .Where(p => p.From <= now && (p.Until == null || p.Until > now))
        .Where(p => p.DeputyOf == null || of.Set<Appointment>().Any(o => o.Id == p.DeputyOf && o.From <= now && (o.Until == null || o.Until > now)));
}
