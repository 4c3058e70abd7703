namespace Linli.Kernel.Evidence;

/// <summary>What a file is, by its content.</summary>
public enum FileKind
{
    Unknown,
    Jpeg,
    Png,
    WebP,
    Gif,

    /// <summary>HEIC and AVIF: what newer telephones make.</summary>
    Heif,
    Pdf,
    Word,
    Excel,

    /// <summary>Recognised, so that the refusal can name it; never kept.</summary>
    Other,
}

public static class FileKinds
{
    public static bool IsPhoto(this FileKind kind) => kind is FileKind.Jpeg or FileKind.Png or FileKind.WebP or FileKind.Gif or FileKind.Heif;

    public static string ContentType(this FileKind kind) => kind switch
    {
        FileKind.Jpeg => "image/jpeg",
        FileKind.Png => "image/png",
        FileKind.WebP => "image/webp",
        FileKind.Gif => "image/gif",
        FileKind.Heif => "image/heic",
        FileKind.Pdf => "application/pdf",
        FileKind.Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileKind.Excel => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Files of this kind are not kept."),
    };

    /// <summary>Of a name that says what the file is, with its dot.</summary>
    public static string Ending(this FileKind kind) => kind switch
    {
        FileKind.Jpeg => ".jpg",
        FileKind.Png => ".png",
        FileKind.WebP => ".webp",
        FileKind.Gif => ".gif",
        FileKind.Heif => ".heic",
        FileKind.Pdf => ".pdf",
        FileKind.Word => ".docx",
        FileKind.Excel => ".xlsx",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Files of this kind are not kept."),
    };

    /// <summary>The ending for a type as it is kept; null for one that is not.</summary>
    public static string? EndingOf(string contentType) =>
        Enum.GetValues<FileKind>().Where(k => k is not (FileKind.Unknown or FileKind.Other)).Where(k => k.ContentType() == contentType).Select(k => k.Ending()).FirstOrDefault();

    public const int LongestEnding = 5;
}
