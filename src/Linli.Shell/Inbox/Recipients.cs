using Linli.Kernel.People;

namespace Linli.Shell.Inbox;

/// <summary>To whom a notice goes; resolved to accounts when it is delivered.</summary>
public abstract record Recipients
{
    private Recipients()
    {
    }

    public static Recipients Person(Guid account) => new Accounts([account]);

    /// <summary>Those who handle for the organisation, or where nobody is appointed, for the nearest one above it.</summary>
    public static Recipients HandlersOf(Guid organisation) => new Serving(Role.Handler, organisation);

    public static Recipients DispatchersCovering(string? area) => new Covering(Role.Dispatcher, area);

    public static Recipients SupervisorsCovering(string? area) => new Covering(Role.Supervisor, area);

    public static Recipients VerifiersCovering(string? area) => new Covering(Role.Verifier, area);

    /// <summary>These people.</summary>
    public sealed record Accounts(IReadOnlyList<Guid> Ids) : Recipients;

    /// <summary>Holders of the role at the organisation, else at the nearest above it that has any.</summary>
    public sealed record Serving(Role Role, Guid OrganisationId) : Recipients;

    /// <summary>Holders of the role for an area that contains this one; null is the whole jurisdiction.</summary>
    public sealed record Covering(Role Role, string? AreaCode) : Recipients;
}
