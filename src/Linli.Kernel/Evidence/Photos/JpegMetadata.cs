using System.Buffers.Binary;

namespace Linli.Kernel.Evidence.Photos;

/// <summary>Takes everything out of a JPEG that is not the picture, without decoding it. Only for servers without libvips.</summary>
internal static class JpegMetadata
{
    private const int Orientation = 0x0112;

    /// <summary>The picture alone, with its orientation and nothing after its end; null when it is not whole.</summary>
    public static byte[]? Strip(ReadOnlySpan<byte> jpeg)
    {
        if (jpeg.Length < 4 || jpeg[0] != 0xFF || jpeg[1] != 0xD8)
        {
            return null;
        }

        using var kept = new MemoryStream(jpeg.Length);
        kept.Write(jpeg[..2]);
        var at = 2;
        while (at + 4 <= jpeg.Length && jpeg[at] == 0xFF)
        {
            var marker = jpeg[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker == 0xD9)
            {
                break;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (length < 2 || at + 2 + length > jpeg.Length)
            {
                return null;
            }

            var segment = jpeg.Slice(at, 2 + length);
            at += segment.Length;
            if (marker == 0xE1 && OrientationOf(segment[4..]) is > 1 and <= 8 and var turned)
            {
                kept.Write(ExifOf(turned));
            }

            if (!IsMetadata(marker))
            {
                kept.Write(segment);
            }

            if (marker == 0xDA)
            {
                var end = EndOfScan(jpeg, at);
                kept.Write(jpeg[at..end]);
                at = end;
            }
        }

        if (at + 2 > jpeg.Length || jpeg[at] != 0xFF || jpeg[at + 1] != 0xD9)
        {
            return null;
        }

        kept.Write([0xFF, 0xD9]);
        return kept.ToArray();
    }

    /// <summary>Application segments and comments; JFIF (0) and Adobe's colour transform (14) belong to the picture.</summary>
    internal static bool IsMetadata(byte marker) => marker is 0xFE or (>= 0xE1 and <= 0xEF and not 0xEE);

    /// <summary>Compressed data goes on until a marker that is neither a stuffed zero nor a restart.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> jpeg, int at)
    {
        while (at + 1 < jpeg.Length)
        {
            if (jpeg[at] == 0xFF && jpeg[at + 1] is not (0 or 0xFF or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }

            at++;
        }

        return jpeg.Length;
    }

    private static int? OrientationOf(ReadOnlySpan<byte> app1)
    {
        if (app1.Length < 14 || !app1.StartsWith("Exif\0\0"u8))
        {
            return null;
        }

        var tiff = app1[6..];
        var isLittle = tiff[0] == 'I';
        var first = Read32(tiff, 4, isLittle);
        if (first > tiff.Length - 2)
        {
            return null;
        }

        var count = Read16(tiff, (int)first, isLittle);
        for (var i = 0; i < count; i++)
        {
            var entry = (int)first + 2 + (12 * i);
            if (entry + 12 > tiff.Length)
            {
                return null;
            }

            if (Read16(tiff, entry, isLittle) == Orientation)
            {
                return Read16(tiff, entry + 8, isLittle);
            }
        }

        return null;
    }

    /// <summary>An EXIF segment that holds the orientation and nothing else.</summary>
    private static byte[] ExifOf(int orientation) =>
    [
        0xFF, 0xE1, 0x00, 0x22, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1,
        0x01, 0x12, 0x00, 0x03, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];

    private static ushort Read16(ReadOnlySpan<byte> bytes, int at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static uint Read32(ReadOnlySpan<byte> bytes, int at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
