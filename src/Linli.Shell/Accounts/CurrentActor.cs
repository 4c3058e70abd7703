using Linli.Kernel.People;
using Linli.Shell.Clients;

namespace Linli.Shell.Accounts;

/// <summary>The actor of this call; set by <see cref="ActorMiddleware"/> before any endpoint runs.</summary>
public sealed class CurrentActor
{
    public Actor Value { get; set; } = Actor.Anonymous;

    /// <summary>The account behind the actor; null for residents and for Linli itself.</summary>
    public SignedIn? Account { get; set; }

    /// <summary>A resident with an account; null for everybody else.</summary>
    public Guid? Resident => Value.Kind == Kernel.ActorKind.Resident && Value.Id != Guid.Empty ? Value.Id : null;

    /// <summary>The program whose key the call carries; null for people.</summary>
    public ApiClient? Client { get; set; }

    /// <summary>This one sign-in; live connections end with it.</summary>
    public Guid? Session { get; set; }

    /// <summary>Some posts rest until a second factor is set up.</summary>
    public bool LacksFactor { get; set; }

    /// <summary>When whoever calls gave password, passkey or code last.</summary>
    public DateTimeOffset ConfirmedAt { get; set; }
}

/// <summary>What a page shows of the account that is signed in.</summary>
public sealed record SignedIn(Guid Id, string Login, string Name, string? NameEn, string? Language);
