namespace Linli.Kernel.Evidence;

/// <summary>Where evidence is kept and how much of it is taken. Configuration section "Evidence".</summary>
public sealed class EvidenceOptions
{
    /// <summary>Folder of this jurisdiction's files; belongs into the same backup as the database.</summary>
    public required string Folder { get; set; }

    /// <summary>Bytes of one photo as sent.</summary>
    public long MaxPhotoBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Bytes of one document as sent.</summary>
    public long MaxDocumentBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Pixels of one photo as sent; what a telephone makes, and what a small server can decode without swapping.</summary>
    public long MaxPixels { get; set; } = 50_000_000;

    /// <summary>Pixels of either side as sent.</summary>
    public int MaxSide { get; set; } = 20_000;

    /// <summary>Longest side of a photo as kept, in pixels.</summary>
    public int PhotoSide { get; set; } = 2_048;

    /// <summary>Longest side of a thumbnail, in pixels.</summary>
    public int ThumbnailSide { get; set; } = 320;

    /// <summary>How long an upload waits for a record that uses it.</summary>
    public TimeSpan UnclaimedLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>A file named like a shared libvips library; null looks beside the program, then in the system.</summary>
    public string? VipsLibrary { get; set; }
}
