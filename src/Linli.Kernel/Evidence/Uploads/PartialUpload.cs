using Linli.Kernel.People;

namespace Linli.Kernel.Evidence.Uploads;

/// <summary>An upload that comes in pieces, as it was begun.</summary>
/// <param name="Id">128 bits that nobody can guess: whoever has no account is known by knowing it.</param>
/// <param name="Length">Bytes that will have come when it is whole.</param>
/// <param name="Name">As the sender calls the file; not believed.</param>
/// <param name="From">The sender's address, as a keyed hash; only to bound how many come from one.</param>
public sealed record PartialUpload(string Id, long Length, string? Name, ActorKind ByKind, Guid ById, string From, DateTimeOffset BegunAt)
{
    /// <summary>The file that came of it, from when it was taken in.</summary>
    public Guid? Evidence { get; init; }

    public bool Belongs(Actor actor) => ByKind == actor.Kind && ById == actor.Id;
}

/// <summary>Bytes that arrived do not continue those that are there.</summary>
public sealed class WrongOffsetException(long offset) : Exception($"The next byte is {offset}.")
{
    public long Offset { get; } = offset;
}

/// <summary>Another call works on the same upload at this moment.</summary>
public sealed class UploadBusyException() : Exception("Another call works on this upload.");
