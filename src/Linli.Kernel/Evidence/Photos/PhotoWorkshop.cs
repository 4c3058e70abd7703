namespace Linli.Kernel.Evidence.Photos;

/// <summary>What to make of a received photo: a small clean one and a thumbnail, at stated paths.</summary>
public sealed record PhotoOrder(string From, FileKind Kind, ImageSize Size, string To, string ThumbnailTo);

public enum PhotoResult
{
    Made,
    Damaged,

    /// <summary>The picture may be fine, but nothing on this server decodes its format.</summary>
    NotReadableHere,
}

public sealed record MadePhoto(PhotoResult Result, FileKind Kind = FileKind.Unknown, ImageSize Size = default);

/// <summary>
/// Makes photos fit to be kept: turned upright, shrunk, and without any metadata (position, camera, time, comments, embedded previews).
/// libvips does it; where it is missing, JPEG and PNG are only stripped, without a thumbnail, and other formats are refused.
/// </summary>
public sealed class PhotoWorkshop(EvidenceOptions options) : IDisposable
{
    // A decoded photo takes some hundred megabytes at worst; as many at a time as a small server bears.
    private readonly SemaphoreSlim _benches = new(Math.Clamp(Environment.ProcessorCount, 1, 4));

    /// <summary>Why photos are only stripped and not shrunk; null when libvips works.</summary>
    public string? Shortcoming => Vips.Load(options.VipsLibrary) is { } reason
        ? $"libvips is not usable ({reason}); photos are kept in their full size, and HEIC, WebP and GIF are refused."
        : null;

    public async Task<MadePhoto> MakeAsync(PhotoOrder order, CancellationToken cancellation)
    {
        await _benches.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Vips.Load(options.VipsLibrary) is null ? Shrink(order) : Strip(order), cancellation);
        }
        finally
        {
            _benches.Release();
        }
    }

    private MadePhoto Shrink(PhotoOrder order)
    {
        try
        {
            using var photo = VipsImage.Thumbnail(order.From, options.PhotoSide);
            photo.SaveJpeg(order.To, quality: 82);
            using var small = photo.Thumbnail(options.ThumbnailSide);
            small.SaveJpeg(order.ThumbnailTo, quality: 74);
            return new MadePhoto(PhotoResult.Made, FileKind.Jpeg, new ImageSize(photo.Width, photo.Height));
        }
        catch (VipsException) when (order.Kind == FileKind.Heif)
        {
            return new MadePhoto(PhotoResult.NotReadableHere);
        }
        catch (VipsException)
        {
            return new MadePhoto(PhotoResult.Damaged);
        }
    }

    internal static MadePhoto Strip(PhotoOrder order)
    {
        if (order.Kind is not (FileKind.Jpeg or FileKind.Png))
        {
            return new MadePhoto(PhotoResult.NotReadableHere);
        }

        var stripped = order.Kind == FileKind.Jpeg
            ? JpegMetadata.Strip(File.ReadAllBytes(order.From))
            : PngMetadata.Strip(File.ReadAllBytes(order.From));
        if (stripped is null)
        {
            return new MadePhoto(PhotoResult.Damaged);
        }

        File.WriteAllBytes(order.To, stripped);
        return new MadePhoto(PhotoResult.Made, order.Kind, order.Size);
    }

    public void Dispose() => _benches.Dispose();
}
