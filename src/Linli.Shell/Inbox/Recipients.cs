using Linli.Kernel.People;

namespace Linli.Shell.Inbox;

/// <summary>To whom a notice goes; resolved to accounts when it is delivered.</summary>
public abstract record Recipients
{
    private Recipients()
    {
    }

    public static Recipients Person(Guid account) => new Accounts([account]);

    /// <summary>Those who handle for the organisation, or where nobody is appointed for such a matter, for the nearest one above it.</summary>
    public static Recipients HandlersOf(Guid organisation, Matter matter = default) => new Serving(Role.Handler, organisation, matter);

    public static Recipients DispatchersCovering(Matter matter) => new Covering(Role.Dispatcher, matter);

    public static Recipients SupervisorsCovering(Matter matter) => new Covering(Role.Supervisor, matter);

    public static Recipients VerifiersCovering(Matter matter) => new Covering(Role.Verifier, matter);

    /// <summary>Those who keep accounts and posts, for the whole jurisdiction and every matter.</summary>
    public static Recipients Administrators { get; } = new Covering(Role.Administrator, default);

    /// <summary>These people.</summary>
    public sealed record Accounts(IReadOnlyList<Guid> Ids) : Recipients;

    /// <summary>Holders of the role at the organisation for such a matter, else at the nearest above it that has any.</summary>
    public sealed record Serving(Role Role, Guid OrganisationId, Matter Matter) : Recipients;

    /// <summary>Holders of the role whose posts reach the matter.</summary>
    public sealed record Covering(Role Role, Matter Matter) : Recipients;
}
