namespace Linli.Kernel;

/// <summary>Tells whether the call's store is still as it was, whoever writes to it, for next to nothing: what is remembered is true as long as it is.</summary>
public interface IStoreWatch
{
    /// <summary>Tells the stores of one process apart. Not for eyes: it may hold a password.</summary>
    string Store { get; }

    /// <summary>How the store is now: never as it was before the call, or before <see cref="Pin"/>. Calls that come at the same instant share one look.</summary>
    ValueTask<StoreState> NowAsync();

    /// <summary>What is seen next is what counts for the rest of this scope, until it commits: for an answer that is given at once.</summary>
    void Pin();

    /// <summary>This scope has written: it sees its own changes.</summary>
    void Renew();
}

/// <param name="Revision">Another one after every act that changed more than Linli's own errands (outbox, notices, sessions), in this process or any other.</param>
/// <param name="Stamps">See <see cref="ChangeStamp"/>: values by names.</param>
public sealed record StoreState(long Revision, IReadOnlyDictionary<string, Guid> Stamps)
{
    public Guid? Stamp(string name) => Stamps.TryGetValue(name, out var value) ? value : null;
}
