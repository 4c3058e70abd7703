using System.Security.Cryptography;

namespace Linli.Kernel.Evidence;

/// <summary>
/// The folder that keeps the bytes of evidence, named by their SHA-256: <c>ab/cdef…</c>, a thumbnail beside it as <c>ab/cdef….thumb</c>.
/// A file appears whole or not at all: it is written under <c>incoming/</c>, flushed to the disk and renamed.
/// </summary>
public sealed class EvidenceStore(EvidenceOptions options)
{
    private const string Thumbnail = ".thumb";
    private string IncomingFolder => Path.Combine(options.Folder, "incoming");

    /// <summary>An empty place to write to; what is still there when it is disposed is deleted.</summary>
    public IncomingFile NewIncoming()
    {
        Directory.CreateDirectory(IncomingFolder);
        return new IncomingFile(Path.Combine(IncomingFolder, Guid.CreateVersion7().ToString("N")));
    }

    /// <summary>Streams an upload to disk. Null when it is longer than <paramref name="limit"/> bytes; then it is read no further.</summary>
    /// <exception cref="IncompleteUploadException">The content ended early; nothing is kept.</exception>
    public async Task<IncomingFile?> ReceiveAsync(Stream content, long limit, CancellationToken cancellation)
    {
        var incoming = NewIncoming();
        try
        {
            await using var file = new FileStream(incoming.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
            var buffer = new byte[81_920];
            long length = 0;
            int read;
            while ((read = await ReadAsync(content, buffer, cancellation)) > 0)
            {
                length += read;
                if (length > limit)
                {
                    incoming.Dispose();
                    return null;
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            return incoming;
        }
        catch
        {
            incoming.Dispose();
            throw;
        }
    }

    private static async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellation);
        }
        catch (IOException broken)
        {
            throw new IncompleteUploadException(broken);
        }
    }

    /// <summary>Moves received bytes to their place, replacing equal ones. Call it after the row that refers to them is committed.</summary>
    public void Place(string sha256, IncomingFile file, IncomingFile? thumbnail)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(sha256))!);
        if (thumbnail is not null)
        {
            Move(thumbnail, PathOf(sha256) + Thumbnail);
        }

        Move(file, PathOf(sha256));
    }

    /// <summary>Opens kept bytes for reading; null when they are not there. A file without a thumbnail is its own.</summary>
    public FileStream? Open(string sha256, bool thumbnail = false)
    {
        var path = thumbnail && File.Exists(PathOf(sha256) + Thumbnail) ? PathOf(sha256) + Thumbnail : PathOf(sha256);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 81_920, FileOptions.Asynchronous);
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public bool HasThumbnail(string sha256) => File.Exists(PathOf(sha256) + Thumbnail);

    /// <summary>
    /// Deletes bytes that nothing refers to. They are set aside first and asked about afterwards, so that an upload of the same bytes
    /// at this moment (which commits its row before it places its bytes) never loses them.
    /// </summary>
    public async Task RemoveAsync(string sha256, Func<Task<bool>> isReferredTo)
    {
        using var aside = NewIncoming();
        using var asideThumbnail = NewIncoming();
        if (!TryMove(PathOf(sha256), aside.Path))
        {
            return;
        }

        _ = TryMove(PathOf(sha256) + Thumbnail, asideThumbnail.Path);
        if (await isReferredTo())
        {
            _ = TryMove(asideThumbnail.Path, PathOf(sha256) + Thumbnail);
            _ = TryMove(aside.Path, PathOf(sha256));
        }
    }

    /// <summary>The names of all kept bytes that were written before a time, for the search for orphans.</summary>
    public IEnumerable<string> KeptBefore(DateTimeOffset time) =>
        !Directory.Exists(options.Folder) ? [] : new DirectoryInfo(options.Folder).EnumerateDirectories("??")
            .SelectMany(folder => folder.EnumerateFiles().Where(f => f.Extension.Length == 0 && f.LastWriteTimeUtc < time.UtcDateTime)
                .Select(f => folder.Name + f.Name));

    /// <summary>Deletes what interrupted uploads left behind.</summary>
    public int RemoveIncomingBefore(DateTimeOffset time)
    {
        var stale = !Directory.Exists(IncomingFolder) ? []
            : new DirectoryInfo(IncomingFolder).EnumerateFiles().Where(f => f.LastWriteTimeUtc < time.UtcDateTime).ToList();
        stale.ForEach(f => f.Delete());
        return stale.Count;
    }

    private string PathOf(string sha256) => sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(options.Folder, sha256[..2], sha256[2..])
        : throw new ArgumentException("Not a SHA-256 in lower-case hexadecimal.", nameof(sha256));

    private static void Move(IncomingFile from, string to)
    {
        // Without this a power cut could leave the name without the bytes.
        using (var handle = File.OpenHandle(from.Path, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(from.Path, to, overwrite: true);
    }

    private static bool TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: true);
            return true;
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}

/// <summary>Bytes on their way in. Deleted when disposed, unless they were moved to their place.</summary>
public sealed class IncomingFile(string path) : IDisposable
{
    public string Path { get; } = path;

    public FileStream OpenRead() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read);

    public async Task<string> HashAsync(CancellationToken cancellation)
    {
        await using var file = OpenRead();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    public void Dispose() => File.Delete(Path);
}

/// <summary>The sender's bytes stopped coming; our own disk is not to blame.</summary>
public sealed class IncompleteUploadException(Exception broken) : Exception("The upload ended early.", broken);
