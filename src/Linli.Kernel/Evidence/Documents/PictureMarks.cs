using System.Buffers.Binary;
using Linli.Kernel.Evidence.Photos;

namespace Linli.Kernel.Evidence.Documents;

/// <summary>
/// Makes illegible what a camera wrote into the pictures inside a document (position, owner, comments), without changing any length:
/// a document points at its parts by where they stand.
/// </summary>
internal static class PictureMarks
{
    private const byte ColourProfile = 0xE2;
    private static readonly byte[] JpegStart = [0xFF, 0xD8, 0xFF];
    private static readonly byte[] PngStart = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A];
    private static readonly string[] PngMarks = ["eXIf", "tEXt", "zTXt", "iTXt"];

    /// <summary>Blanks the marks of every JPEG and PNG that stands in these bytes as it is.</summary>
    /// <returns>Whether anything was blanked.</returns>
    public static bool Blank(Span<byte> bytes)
    {
        var blanked = false;
        for (var at = 0; bytes[at..].IndexOf(JpegStart) is >= 0 and var found;)
        {
            at += found;
            at += BlankJpeg(bytes[at..], ref blanked);
        }

        for (var at = 0; bytes[at..].IndexOf(PngStart) is >= 0 and var found;)
        {
            at += found;
            at += BlankPng(bytes[at..], ref blanked);
        }

        return blanked;
    }

    /// <summary>Walks the segments up to the picture's data. EXIF and XMP stand in segment 1; comments and others can hold the same.</summary>
    /// <returns>How far it went: the search goes on behind it, so that no byte is walked over twice.</returns>
    private static int BlankJpeg(Span<byte> jpeg, ref bool blanked)
    {
        var at = 2;
        while (at + 4 <= jpeg.Length && jpeg[at] == 0xFF)
        {
            var marker = jpeg[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (marker is 0xDA or 0xD9 or 0xFF or 0x00 || length < 2 || at + 2 + length > jpeg.Length)
            {
                break;
            }

            if (JpegMetadata.IsMetadata(marker) && marker != ColourProfile)
            {
                blanked |= Zero(jpeg.Slice(at + 4, length - 2));
            }

            at += 2 + length;
        }

        return at;
    }

    private static int BlankPng(Span<byte> png, ref bool blanked)
    {
        var at = PngStart.Length;
        while (at + 12 <= png.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (length > png.Length - at - 12)
            {
                break;
            }

            var chunk = png.Slice(at + 4, (int)length + 4);
            var type = System.Text.Encoding.ASCII.GetString(chunk[..4]);
            if (PngMarks.Contains(type) && Zero(chunk[4..]))
            {
                blanked = true;
                BinaryPrimitives.WriteUInt32BigEndian(png[(at + 8 + (int)length)..], PngMetadata.Crc(chunk));
            }

            at += (int)length + 12;
            if (type == "IEND")
            {
                break;
            }
        }

        return at;
    }

    private static bool Zero(Span<byte> data)
    {
        var wasThere = data.ContainsAnyExcept((byte)0);
        data.Clear();
        return wasThere;
    }
}
