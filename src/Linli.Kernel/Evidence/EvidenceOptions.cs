namespace Linli.Kernel.Evidence;

/// <summary>Where the bytes of evidence lie.</summary>
public enum VaultKind
{
    Folder,
    S3,
}

/// <summary>What becomes of a file when the scanner does not answer.</summary>
public enum WhenScannerIsAway
{
    /// <summary>It is kept, and shown to nobody but its sender until it was scanned.</summary>
    Hold,
    Refuse,

    /// <summary>It is used as if there were no scanner, and scanned later.</summary>
    Take,
}

/// <summary>Where evidence is kept and how much of it is taken. Configuration section "Evidence".</summary>
public sealed class EvidenceOptions
{
    /// <summary>Folder of this jurisdiction's files; belongs into the same backup as the database. With <see cref="VaultKind.S3"/> it holds only what comes in.</summary>
    public required string Folder { get; set; }

    public VaultKind Vault { get; set; }

    /// <summary>For <see cref="VaultKind.S3"/>.</summary>
    public EvidenceBucket Bucket { get; set; } = new();

    /// <summary>Bytes of one photo as sent.</summary>
    public long MaxPhotoBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Bytes of one document as sent.</summary>
    public long MaxDocumentBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Of one file, whatever it is.</summary>
    public long MaxBytes => Math.Max(MaxPhotoBytes, MaxDocumentBytes);

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

    /// <summary>Uploads in pieces that one address may have begun at a time; many telephones share the address of their network.</summary>
    public int MaxPartsPerAddress { get; set; } = 60;

    /// <summary>Bytes that all unfinished uploads together may come to: room that is kept free on the disk for them.</summary>
    public long MaxPartBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Where clamd listens: tcp://host:3310 or unix:///run/clamav/clamd.ctl; null for no scanner.</summary>
    public string? Scanner { get; set; }

    public WhenScannerIsAway WhenScannerIsAway { get; set; }

    /// <summary>For the scan of one file.</summary>
    public TimeSpan ScanPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that all parts of a Word or Excel file together may come to when unpacked.</summary>
    public long MaxUnpackedBytes { get; set; } = 200 * 1024 * 1024;

    /// <summary>A file named like a shared libvips library; null looks beside the program, then in the system.</summary>
    public string? VipsLibrary { get; set; }
}

/// <summary>A bucket of a store that speaks S3: Amazon's, MinIO, Ceph, or a cloud's object storage.</summary>
public sealed class EvidenceBucket
{
    /// <summary>https://objects.example.gov.cn; empty for Amazon's own of the region.</summary>
    public string? Endpoint { get; set; }

    public string Region { get; set; } = "us-east-1";

    public string? Name { get; set; }

    /// <summary>In front of every name, for a bucket that is shared: "huguan/".</summary>
    public string Prefix { get; set; } = "";

    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }

    /// <summary>The bucket stands in the path and not in the host's name, as most stores other than Amazon's want it.</summary>
    public bool PathStyle { get; set; } = true;
}
