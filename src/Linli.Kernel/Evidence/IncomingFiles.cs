using System.Security.Cryptography;

namespace Linli.Kernel.Evidence;

/// <summary>
/// Where files stand while they come in and are worked on: <c>incoming/</c> in the evidence folder, also when the finished ones are kept
/// elsewhere. Nothing stays there for longer than a day.
/// </summary>
public sealed class IncomingFiles(EvidenceOptions options)
{
    private string Folder => Path.Combine(options.Folder, "incoming");

    /// <summary>An empty place to write to; what is still there when it is disposed is deleted.</summary>
    public IncomingFile New()
    {
        Directory.CreateDirectory(Folder);
        return new IncomingFile(Path.Combine(Folder, Guid.CreateVersion7().ToString("N")));
    }

    /// <summary>Streams an upload to disk. Null when it is longer than <paramref name="limit"/> bytes; then it is read no further.</summary>
    /// <exception cref="IncompleteUploadException">The content ended early; nothing is kept.</exception>
    public async Task<IncomingFile?> ReceiveAsync(Stream content, long limit, CancellationToken cancellation)
    {
        var incoming = New();
        try
        {
            await using var file = new FileStream(incoming.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
            if (await CopyAsync(content, file, limit, cancellation))
            {
                return incoming;
            }

            incoming.Dispose();
            return null;
        }
        catch
        {
            incoming.Dispose();
            throw;
        }
    }

    /// <summary>Copies what comes, as it comes. False as soon as it is more than <paramref name="limit"/> bytes; what is too much is not written.</summary>
    /// <exception cref="IncompleteUploadException">The content ended early; what came before is written.</exception>
    public static async Task<bool> CopyAsync(Stream content, FileStream file, long limit, CancellationToken cancellation)
    {
        var buffer = new byte[81_920];
        long length = 0;
        int read;
        while ((read = await ReadAsync(content, buffer, cancellation)) > 0)
        {
            length += read;
            if (length > limit)
            {
                return false;
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return true;
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

    /// <summary>Deletes what interrupted work left behind.</summary>
    public int RemoveBefore(DateTimeOffset time)
    {
        var stale = !Directory.Exists(Folder) ? [] : new DirectoryInfo(Folder).EnumerateFiles().Where(f => f.LastWriteTimeUtc < time.UtcDateTime).ToList();
        stale.ForEach(f => f.Delete());
        return stale.Count;
    }
}

/// <summary>Bytes on their way in. Deleted when disposed, unless they were moved to their place.</summary>
public sealed class IncomingFile(string path) : IDisposable
{
    public string Path { get; } = path;

    public long Length => new FileInfo(Path).Length;

    public FileStream OpenRead() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 81_920, FileOptions.Asynchronous);

    public async Task<string> HashAsync(CancellationToken cancellation)
    {
        await using var file = OpenRead();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    public void Dispose() => File.Delete(Path);
}

/// <summary>The sender's bytes stopped coming; our own disk is not to blame.</summary>
public sealed class IncompleteUploadException(Exception broken) : Exception("The upload ended early.", broken);
