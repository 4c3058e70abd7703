namespace Linli.Kernel;

/// <summary>
/// Told after every commit of this process on this store, so that waiting work starts at once.
/// Other instances find out by polling. One per service provider.
/// </summary>
public sealed class CommitSignal
{
    /// <summary>Runs on the committing caller's time: set a flag, never work here.</summary>
    public event Action? Committed;

    public void Raise() => Committed?.Invoke();
}
