namespace Linli.Kernel.Evidence.Storage;

/// <summary>Under which names a vault keeps the bytes of one hash.</summary>
public static class EvidenceNames
{
    /// <summary>Where bytes stand while it is asked whether anything refers to them.</summary>
    public const string Aside = "aside";

    private const string ThumbnailEnding = ".thumb";

    /// <summary><c>ab/cdef…</c></summary>
    public static string Of(string sha256) => IsHash(sha256)
        ? $"{sha256[..2]}/{sha256[2..]}"
        : throw new ArgumentException("Not a SHA-256 in lower-case hexadecimal.", nameof(sha256));

    public static string ThumbnailOf(string sha256) => Of(sha256) + ThumbnailEnding;

    /// <summary>A name of its own for each removal: two at once must not delete each other's.</summary>
    public static string AsideOf(string name, Guid removal) => $"{Aside}/{removal:N}-{name.Replace('/', '-')}";

    /// <summary>The name that bytes set aside had before.</summary>
    public static string BeforeAside(string aside) => $"{aside.Split('-')[1]}/{aside.Split('-')[2]}";

    /// <summary>The hash that a name stands for; null for a name that is none of ours.</summary>
    public static string? HashOf(string name)
    {
        var bare = IsThumbnail(name) ? name[..^ThumbnailEnding.Length] : name;
        var hash = bare.Length == 65 && bare[2] == '/' ? bare.Remove(2, 1) : "";
        return IsHash(hash) ? hash : null;
    }

    public static bool IsThumbnail(string name) => name.EndsWith(ThumbnailEnding, StringComparison.Ordinal);

    public static bool IsAside(string name) => name.StartsWith(Aside + "/", StringComparison.Ordinal);

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
