using System.IO.Compression;
using System.Text;
using Linli.Kernel.Evidence.Documents;

namespace Linli.Kernel.Evidence;

/// <summary>Finds out what a file is by its first bytes; its name and its stated type are not looked at.</summary>
/// <param name="Name">What to call it in a refusal: an abbreviation that is the same in every language.</param>
public sealed record FileSignature(FileKind Kind, string Name)
{
    /// <summary>The first bytes that <see cref="Of"/> needs; fewer when the file is shorter.</summary>
    public const int HeadLength = 4_096;

    private static readonly FileSignature Unknown = new(FileKind.Unknown, "?");

    private static readonly (int At, byte[] Bytes, FileSignature Found)[] Table =
    [
        (0, [0xFF, 0xD8, 0xFF], new(FileKind.Jpeg, "JPEG")),
        (0, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], new(FileKind.Png, "PNG")),
        (8, [.. "WEBPVP8"u8], new(FileKind.WebP, "WebP")),
        (0, [.. "GIF87a"u8], new(FileKind.Gif, "GIF")),
        (0, [.. "GIF89a"u8], new(FileKind.Gif, "GIF")),
        (4, [.. "ftyphei"u8], new(FileKind.Heif, "HEIC")),
        (4, [.. "ftyphev"u8], new(FileKind.Heif, "HEIC")),
        (4, [.. "ftypmif1"u8], new(FileKind.Heif, "HEIC")),
        (4, [.. "ftypmsf1"u8], new(FileKind.Heif, "HEIC")),
        (4, [.. "ftypavi"u8], new(FileKind.Heif, "AVIF")),
        (4, [.. "ftypqt"u8], new(FileKind.Other, "MOV")),
        (4, [.. "ftyp"u8], new(FileKind.Other, "MP4")),
        (0, [.. "%PDF-"u8], new(FileKind.Pdf, "PDF")),
        (0, [.. "PK\x03\x04"u8], new(FileKind.Other, "ZIP")),
        (0, [.. "PK\x05\x06"u8], new(FileKind.Other, "ZIP")),
        (0, [.. "Rar!"u8], new(FileKind.Other, "RAR")),
        (0, [.. "7z"u8, 0xBC, 0xAF], new(FileKind.Other, "7Z")),
        (0, [0x1F, 0x8B], new(FileKind.Other, "GZIP")),
        (0, [0xD0, 0xCF, 0x11, 0xE0], new(FileKind.Other, "DOC / XLS (1997–2003)")),
        (0, [.. "II*\0"u8], new(FileKind.Other, "TIFF")),
        (0, [.. "MM\0*"u8], new(FileKind.Other, "TIFF")),
        (0, [.. "BM"u8], new(FileKind.Other, "BMP")),
        (0, [.. "RIFF"u8], new(FileKind.Other, "AVI / WAV")),
        (0, [.. "MZ"u8], new(FileKind.Other, "EXE")),
        (0, [0x7F, .. "ELF"u8], new(FileKind.Other, "ELF")),
        (0, [.. "#!"u8], new(FileKind.Other, "SH")),
        (0, [.. "ID3"u8], new(FileKind.Other, "MP3")),
        (0, [0x1A, 0x45, 0xDF, 0xA3], new(FileKind.Other, "WEBM / MKV")),
    ];

    /// <summary>What the file is. <paramref name="file"/> is seekable and is read from its start.</summary>
    public static FileSignature Of(Stream file)
    {
        var head = new byte[HeadLength];
        file.Position = 0;
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var found = OfHead(head.AsSpan(0, read));
        return found.Name == "ZIP" ? OfPackage(file) ?? found : found;
    }

    private static FileSignature OfHead(ReadOnlySpan<byte> head)
    {
        foreach (var (at, bytes, found) in Table)
        {
            if (head.Length >= at + bytes.Length && head.Slice(at, bytes.Length).SequenceEqual(bytes))
            {
                return found;
            }
        }

        return OfText(head);
    }

    private static FileSignature OfText(ReadOnlySpan<byte> head)
    {
        if (head.Contains((byte)0))
        {
            return Unknown;
        }

        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? new(FileKind.Other, "SVG")
            : text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<!", StringComparison.Ordinal)
                || text.Contains("<script", StringComparison.OrdinalIgnoreCase) ? new(FileKind.Other, "HTML")
            : text.StartsWith('<') ? new(FileKind.Other, "XML")
            : text.Length > 0 && !text.Contains('\uFFFD', StringComparison.Ordinal) ? new(FileKind.Other, "TXT")
            : Unknown;
    }

    /// <summary>Word and Excel files are ZIP packages; only their list of parts is read, nothing is unpacked.</summary>
    private static FileSignature? OfPackage(Stream file)
    {
        try
        {
            if (!PackageList.IsShort(file))
            {
                return null;
            }

            using var package = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var names = package.Entries.Select(e => e.FullName).ToList();
            var parts = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
            return !parts.Contains("[Content_Types].xml") || PackageList.HasTraps(names) ? null
                : parts.Any(p => p.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) ? new(FileKind.Other, "DOCM / XLSM")
                : OfficePackage.HasPrograms(parts) ? new(FileKind.Other, "DOCX / XLSX (OLE)")
                : parts.Contains("word/document.xml") ? new(FileKind.Word, "DOCX")
                : parts.Contains("xl/workbook.xml") ? new(FileKind.Excel, "XLSX")
                : parts.Contains("ppt/presentation.xml") ? new(FileKind.Other, "PPTX")
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
