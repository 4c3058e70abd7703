using Linli.Kernel.People;

namespace Linli.Shell.Accounts;

/// <summary>The actor of this call; set by <see cref="ActorMiddleware"/> before any endpoint runs.</summary>
public sealed class CurrentActor
{
    public Actor Value { get; set; } = Actor.Anonymous;
}
