using System.IO.Compression;

namespace Linli.Kernel.Evidence.Documents;

/// <summary>
/// Looks through a Word or Excel file, which is a ZIP package: unpacks every part once, counting instead of keeping, so that a package
/// that would fill somebody's memory is found whatever its headers say; and blanks what cameras wrote into its pictures.
/// </summary>
public static class OfficePackage
{
    private const int MostParts = 10_000;

    /// <summary>Pictures inside documents that are larger are left out of the search; Word itself shrinks them far below.</summary>
    private const int LargestPicture = 32 * 1024 * 1024;

    private static readonly string[] Pictures = [".jpg", ".jpeg", ".jfif", ".png"];

    /// <summary>Parts that can hold programs, which nobody who opens a report expects.</summary>
    private static readonly string[] Programs = ["oleObject", "activeX"];

    internal static bool HasPrograms(IEnumerable<string> parts) => parts.Any(part => Programs.Any(p => part.Contains(p, StringComparison.OrdinalIgnoreCase)));

    /// <returns>False when it unpacks to more than the limit, or cannot be unpacked.</returns>
    internal static Task<bool> IsBoundedAsync(string path, long limit, CancellationToken cancellation) => Task.Run(() =>
    {
        using var file = File.OpenRead(path);
        return IsBounded(file, limit, cancellation);
    }, cancellation);

    /// <returns>False when it unpacks to more than the limit, or cannot be unpacked. Reads no further than that.</returns>
    public static bool IsBounded(Stream file, long limit, CancellationToken cancellation = default)
    {
        try
        {
            if (!PackageList.IsShort(file))
            {
                return false;
            }

            using var package = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (package.Entries.Count > MostParts)
            {
                return false;
            }

            var buffer = new byte[81_920];
            foreach (var entry in package.Entries)
            {
                var before = limit;
                using var part = entry.Open();
                int read;
                while ((read = part.Read(buffer)) > 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    limit -= read;
                    if (limit < 0)
                    {
                        return false;
                    }
                }

                if (IsHiding(entry, before - limit))
                {
                    return false;
                }
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Packed, it is longer than unpacked: its header says less than there is, and others may unpack all of it.</summary>
    private static bool IsHiding(ZipArchiveEntry entry, long unpacked) => entry.CompressedLength > unpacked + (unpacked / 1_000) + 64;

    /// <summary>Writes the package anew to <paramref name="to"/> if one of its pictures carries marks; else writes nothing.</summary>
    /// <returns>Whether it was written.</returns>
    internal static async Task<bool> BlankAsync(string from, string to, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(from);
        await using var package = new ZipArchive(file, ZipArchiveMode.Read);
        var cleaned = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in package.Entries.Where(IsPicture))
        {
            var picture = await ReadAsync(entry, cancellation);
            if (PictureMarks.Blank(picture))
            {
                cleaned[entry.FullName] = picture;
            }
        }

        if (cleaned.Count == 0)
        {
            return false;
        }

        await using var written = File.Create(to);
        await using var copy = new ZipArchive(written, ZipArchiveMode.Create);
        foreach (var entry in package.Entries)
        {
            var part = copy.CreateEntry(entry.FullName, CompressionLevel.Fastest);
            part.LastWriteTime = entry.LastWriteTime;
            await using var target = await part.OpenAsync(cancellation);
            await using var source = cleaned.TryGetValue(entry.FullName, out var picture) ? new MemoryStream(picture) : await entry.OpenAsync(cancellation);
            await source.CopyToAsync(target, cancellation);
        }

        return true;
    }

    private static bool IsPicture(ZipArchiveEntry entry) =>
        entry.Length <= LargestPicture && Pictures.Contains(Path.GetExtension(entry.FullName), StringComparer.OrdinalIgnoreCase);

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        await using var part = await entry.OpenAsync(cancellation);
        await part.CopyToAsync(memory, cancellation);
        return memory.ToArray();
    }
}
