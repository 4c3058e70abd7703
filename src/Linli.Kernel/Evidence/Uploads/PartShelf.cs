using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Linli.Kernel.Evidence.Uploads;

/// <summary>
/// Uploads that come in pieces, on disk in <c>parts/</c> of the evidence folder: the bytes, and beside them what is known of them.
/// Bounded in number per address and in bytes altogether; gone after a day. Several instances share the folder.
/// </summary>
public sealed class PartShelf(EvidenceOptions options, TimeProvider clock)
{
    private string Folder => Path.Combine(options.Folder, "parts");

    /// <summary>When it is thrown away, whole or not.</summary>
    public DateTimeOffset ExpiryOf(PartialUpload upload) => upload.BegunAt + options.UnclaimedLife;

    /// <summary>Room for a new upload. Null when there is none, for this address or at all.</summary>
    /// <param name="upload">With an id from <see cref="NewId"/>.</param>
    public async Task<bool> BeginAsync(PartialUpload upload, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        var open = Unfinished().ToList();
        if (open.Count(o => o.From == upload.From) >= options.MaxPartsPerAddress || open.Sum(o => o.Length) + upload.Length > options.MaxPartBytes)
        {
            return false;
        }

        await File.WriteAllTextAsync(NotePath(upload.Id), JsonSerializer.Serialize(upload, Json.Plain), cancellation);
        await File.Create(PartPath(upload)).DisposeAsync();
        return true;
    }

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>An address that cannot be read from the disk again, and still is the same for a day.</summary>
    public string Hide(string address)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, "key");
        if (!File.Exists(path))
        {
            var made = $"{path}.{NewId()}";
            File.WriteAllBytes(made, RandomNumberGenerator.GetBytes(32));
            try
            {
                File.Move(made, path);   // whole or not at all: others may be reading it already
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(made);   // made at this moment by somebody else
            }
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(File.ReadAllBytes(path), Encoding.UTF8.GetBytes(address)))[..16];
    }

    /// <summary>Null when there is none, or when its time is over.</summary>
    public async Task<PartialUpload?> FindAsync(string id, CancellationToken cancellation)
    {
        if (!IsId(id) || !File.Exists(NotePath(id)))
        {
            return null;
        }

        try
        {
            var upload = JsonSerializer.Deserialize<PartialUpload>(await File.ReadAllTextAsync(NotePath(id), cancellation), Json.Plain);
            return upload is not null && ExpiryOf(upload) > clock.GetUtcNow() ? upload : null;
        }
        catch (Exception gone) when (gone is FileNotFoundException or JsonException)
        {
            return null; // removed, or written by halves when the power failed
        }
    }

    /// <summary>Bytes that are there already.</summary>
    public long OffsetOf(PartialUpload upload) =>
        new FileInfo(PartPath(upload)) is { Exists: true } part ? part.Length : upload.Evidence is null ? 0 : upload.Length;

    /// <summary>Appends what comes, until it ends or the upload is whole; what came before a broken connection stays.</summary>
    /// <returns>The next byte that is wanted.</returns>
    /// <exception cref="WrongOffsetException">It does not begin where the last piece ended.</exception>
    /// <exception cref="UploadBusyException">Another call is at it.</exception>
    /// <exception cref="IncompleteUploadException">The connection broke; what came is kept.</exception>
    /// <exception cref="InvalidDataException">More came than was announced; what is too much is not kept.</exception>
    public async Task<long> AppendAsync(PartialUpload upload, long offset, Stream content, CancellationToken cancellation)
    {
        using var alone = Lock(upload.Id);
        if (OffsetOf(upload) is var there && there != offset)
        {
            throw new WrongOffsetException(there);
        }

        await using var file = new FileStream(PartPath(upload), FileMode.Append, FileAccess.Write, FileShare.Read, 0, FileOptions.Asynchronous);
        try
        {
            return await IncomingFiles.CopyAsync(content, file, upload.Length - offset, cancellation)
                ? file.Length
                : throw new InvalidDataException("More bytes than announced.");
        }
        finally
        {
            // The sender will not send again what it was told is here.
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
    }

    /// <summary>Lets one caller at a time turn the whole upload into a file.</summary>
    /// <param name="take">Gets the bytes; returns the file that came of them, or null when they were refused.</param>
    /// <exception cref="UploadBusyException">Another call is at it.</exception>
    public async Task FinishAsync(PartialUpload upload, Func<IncomingFile, Task<Guid?>> take, CancellationToken cancellation)
    {
        using var alone = Lock(upload.Id);
        if (await take(new IncomingFile(PartPath(upload))) is { } evidence)
        {
            await File.WriteAllTextAsync(NotePath(upload.Id), JsonSerializer.Serialize(upload with { Evidence = evidence, Name = null }, Json.Plain), cancellation);
        }
        else
        {
            File.Delete(NotePath(upload.Id));
        }

        File.Delete(PartPath(upload));
    }

    public void Remove(PartialUpload upload)
    {
        using var alone = Lock(upload.Id);
        File.Delete(PartPath(upload));
        File.Delete(NotePath(upload.Id));
    }

    /// <returns>How many unfinished ones were removed.</returns>
    public async Task<int> RemoveExpiredAsync(CancellationToken cancellation)
    {
        var removed = 0;
        foreach (var id in Directory.Exists(Folder) ? Directory.GetFiles(Folder).Select(f => Path.GetFileName(f).Split('.', '_')[0]).Where(IsId).Distinct() : [])
        {
            if (await FindAsync(id, cancellation) is null)
            {
                removed += Directory.GetFiles(Folder, id + "_*.part").Length;
                foreach (var file in Directory.GetFiles(Folder, id + "*"))
                {
                    File.Delete(file);
                }
            }
        }

        return removed;
    }

    /// <summary>Length and address stand in the name: to count them, no file has to be read.</summary>
    private IEnumerable<(string From, long Length)> Unfinished() => Directory.EnumerateFiles(Folder, "*.part")
        .Select(f => Path.GetFileNameWithoutExtension(f).Split('_')).Where(p => p.Length == 3)
        .Select(p => (p[1], long.TryParse(p[2], NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : 0));

    private string PartPath(PartialUpload upload) =>
        Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{upload.Id}_{upload.From}_{upload.Length}.part"));

    private string NotePath(string id) => Path.Combine(Folder, id + ".json");

    private FileStream Lock(string id)
    {
        try
        {
            return new FileStream(Path.Combine(Folder, id + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            throw new UploadBusyException();
        }
    }

    private static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);
}
