namespace Linli.Kernel.Evidence.Storage;

/// <summary>What a vault holds under one name.</summary>
/// <param name="WrittenAt">By the vault's own clock.</param>
public readonly record struct KeptBytes(string Name, long Length, DateTimeOffset WrittenAt);

/// <summary>
/// Port: where the bytes of evidence lie for good, by name (<c>ab/cdef…</c>). Knows nothing of records; <see cref="EvidenceStore"/> does.
/// What stands under a name appears whole or not at all.
/// </summary>
public interface IEvidenceVault
{
    /// <summary>Keeps a file under a name, in place of what stood there. The file at <paramref name="path"/> may be moved or copied.</summary>
    Task PutAsync(string name, string path, CancellationToken cancellation);

    /// <summary>A stream that can be positioned and knows its length; null when nothing has that name.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellation);

    /// <summary>Gives bytes another name, in place of what stood there. False when nothing has the first name.</summary>
    Task<bool> MoveAsync(string from, string to, CancellationToken cancellation);

    Task DeleteAsync(string name, CancellationToken cancellation);

    /// <summary>Everything there is, in no order.</summary>
    IAsyncEnumerable<KeptBytes> ListAsync(CancellationToken cancellation);
}
