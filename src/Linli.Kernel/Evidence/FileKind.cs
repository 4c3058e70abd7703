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
}
