using System.Text;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Evidence;

/// <summary>Whether a scanner has looked at a file.</summary>
public enum ScanState
{
    /// <summary>No scanner was configured when it came.</summary>
    Unscanned,
    Clean,

    /// <summary>The scanner was away; nobody but the sender sees it until it was scanned.</summary>
    Held,

    /// <summary>The scanner was away, and files are taken all the same; it is scanned later.</summary>
    Due,

    /// <summary>Found out later. The bytes are gone; the row stays for the record that used it.</summary>
    Infected,
}

/// <summary>
/// 佐证: one uploaded file, as it is kept. The bytes stand in the <see cref="EvidenceStore"/> under <see cref="Sha256"/>;
/// several rows may share them. Who may read it is decided by the record that uses it.
/// </summary>
public sealed class EvidenceFile
{
    public const int NameLength = 120;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Of the bytes as kept (a photo: after it was shrunk and stripped); 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Found in the content, never believed from the sender.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes as kept.</summary>
    public required long Length { get; init; }

    /// <summary>Pixels, for photos, after rotation.</summary>
    public int? Width { get; init; }
    public int? Height { get; init; }

    /// <summary>For documents only: a photo's name says where or when it was taken, and nobody needs it.</summary>
    public string? OriginalName { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }
    public required ActorKind UploadedByKind { get; init; }
    public required Guid UploadedById { get; init; }

    /// <summary>When a record took it; until then it is removed after a day.</summary>
    public DateTimeOffset? ClaimedAt { get; private set; }

    public required ScanState Scan { get; set; }

    /// <summary>Readers other than the sender may have it, if they may at all.</summary>
    public bool IsFitToShow => Scan is not (ScanState.Held or ScanState.Infected);

    public bool IsPhoto => ContentType.StartsWith("image/", StringComparison.Ordinal);

    /// <summary>A record uses the file from now on.</summary>
    public void Claim(DateTimeOffset at) =>
        ClaimedAt = ClaimedAt is null ? at.ToUniversalTime() : throw new InvalidOperationException($"Evidence {Id} is in use already.");

    /// <summary>Still free, and sent by the one who wants to use it. A resident without an account is known by knowing the id.</summary>
    public bool CanBeClaimedBy(Actor actor) => ClaimedAt is null && Scan != ScanState.Infected && UploadedByKind == actor.Kind && UploadedById == actor.Id;

    /// <summary>
    /// A name that is safe to show and to offer for saving: no folders, no control or direction marks, not too long, and the ending that
    /// belongs to the content, whatever others stand before it: <c>bill.pdf.exe</c> is saved as <c>bill.pdf.exe.pdf</c>.
    /// </summary>
    public static string? CleanName(string? name, FileKind kind)
    {
        if (Clean(name, NameLength - FileKinds.LongestEnding) is not { } clean)
        {
            return null;
        }

        return clean.EndsWith(kind.Ending(), StringComparison.OrdinalIgnoreCase) && clean.Length > kind.Ending().Length ? clean : clean + kind.Ending();
    }

    private static string? Clean(string? name, int longest)
    {
        if (name is null)
        {
            return null;
        }

        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            var isHarmless = !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.Format
                && rune != Rune.ReplacementChar && !"\"<>|:*?".Contains((char)(rune.IsBmp ? rune.Value : 0), StringComparison.Ordinal);
            kept.Append(isHarmless ? rune.ToString() : "");
        }

        var clean = kept.ToString().Trim(' ', '.');
        if (clean.Length > longest)
        {
            var extension = Path.GetExtension(clean);
            extension = extension.Length <= 10 ? extension : "";
            var cut = longest - extension.Length;
            clean = clean[..(char.IsHighSurrogate(clean[cut - 1]) ? cut - 1 : cut)] + extension;
        }

        return clean.Length == 0 ? null : clean;
    }

    internal static void Configure(ModelBuilder model) => model.Entity<EvidenceFile>(file =>
    {
        file.ToTable("kernel_evidence_file");
        file.Property(f => f.Sha256).HasMaxLength(64);
        file.Property(f => f.ContentType).HasMaxLength(100);
        file.Property(f => f.OriginalName).HasMaxLength(NameLength);
        // Two records that take the same file at once: the second is refused.
        file.Property(f => f.ClaimedAt).IsConcurrencyToken();
        file.Property(f => f.Scan).HasDefaultValue(ScanState.Unscanned);
        file.HasIndex(f => f.Sha256);
        file.HasIndex(f => f.Scan);
        file.HasIndex(f => new { f.ClaimedAt, f.UploadedAt });
    });
}
