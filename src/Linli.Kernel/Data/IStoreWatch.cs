namespace Linli.Kernel;

/// <summary>Tells whether the call's store is still as it was, whoever writes to it, for next to nothing: what is remembered is true as long as it is.</summary>
public interface IStoreWatch
{
    /// <summary>Tells the stores of one process apart. Not for eyes: it may hold a password.</summary>
    string Store { get; }

    /// <summary>How the store is now: never as it was before the call. Calls that come at the same instant share one look.</summary>
    ValueTask<StoreState> NowAsync();
}

/// <param name="Version">Another one after every commit, of this process or of any other.</param>
/// <param name="Stamps">See <see cref="ChangeStamp"/>: values by names.</param>
public sealed record StoreState(string Version, IReadOnlyDictionary<string, Guid> Stamps)
{
    public Guid? Stamp(string name) => Stamps.TryGetValue(name, out var value) ? value : null;
}
