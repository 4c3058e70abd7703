using System.Buffers.Binary;

namespace Linli.Kernel.Evidence;

/// <summary>
/// Pixels that a picture says it has, read from its header alone: what decides whether it is decoded at all,
/// so that a few kilobytes cannot ask for gigabytes.
/// </summary>
public readonly record struct ImageSize(int Width, int Height)
{
    public long Pixels => (long)Width * Height;

    /// <summary>Null when there is no complete header: the picture is damaged.</summary>
    public static ImageSize? Read(Stream file, FileKind kind)
    {
        file.Position = 0;
        var size = kind switch
        {
            FileKind.Jpeg => OfJpeg(file),
            FileKind.Png => Head(file, 24) is { } h && h.AsSpan(12, 4).SequenceEqual("IHDR"u8) ? new ImageSize(Big(h, 16), Big(h, 20)) : null,
            FileKind.Gif => Head(file, 10) is { } h ? new ImageSize(Little16(h, 6), Little16(h, 8)) : null,
            FileKind.WebP => Head(file, 30) is { } h ? OfWebP(h) : null,
            FileKind.Heif => OfHeif(file),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a picture."),
        };
        return size is { Width: > 0, Height: > 0 } ? size : null;
    }

    /// <summary>Walks the segments up to the frame header; tables and metadata before it are skipped, not read.</summary>
    private static ImageSize? OfJpeg(Stream file)
    {
        file.Position = 2;
        Span<byte> head = stackalloc byte[9];
        while (true)
        {
            int marker;
            if (file.ReadByte() != 0xFF)
            {
                return null;
            }

            do
            {
                marker = file.ReadByte();
            }
            while (marker == 0xFF);

            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }

            if (marker is -1 or 0xD9 or 0xDA || file.ReadAtLeast(head[..2], 2, throwOnEndOfStream: false) < 2)
            {
                return null;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(head);
            var isFrame = marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            if (isFrame)
            {
                return file.ReadAtLeast(head[..5], 5, throwOnEndOfStream: false) < 5
                    ? null
                    : new ImageSize(BinaryPrimitives.ReadUInt16BigEndian(head[3..]), BinaryPrimitives.ReadUInt16BigEndian(head[1..]));
            }

            if (length < 2)
            {
                return null;
            }

            file.Position += length - 2;
        }
    }

    private static ImageSize? OfWebP(byte[] head) => head[15] switch
    {
        (byte)'X' => new ImageSize(Little24(head, 24) + 1, Little24(head, 27) + 1),
        (byte)'L' when head[20] == 0x2F => new ImageSize(
            (BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(21)) & 0x3FFF) + 1,
            ((BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(21)) >> 14) & 0x3FFF) + 1),
        (byte)' ' => new ImageSize(Little16(head, 26) & 0x3FFF, Little16(head, 28) & 0x3FFF),
        _ => null,
    };

    /// <summary>A HEIF picture may be a mosaic; its largest "image spatial extent" is the whole.</summary>
    private static ImageSize? OfHeif(Stream file)
    {
        var head = new byte[256 * 1024];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        ImageSize? largest = null;
        for (var at = 0; at < read && head.AsSpan(at, read - at).IndexOf("ispe"u8) is >= 0 and var offset; at += offset + 4)
        {
            var box = at + offset + 8;
            if (box + 8 <= read && BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(box)) <= int.MaxValue
                && BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(box + 4)) <= int.MaxValue)
            {
                var size = new ImageSize(Big(head, box), Big(head, box + 4));
                largest = largest is { } l && l.Pixels >= size.Pixels ? largest : size;
            }
        }

        return largest;
    }

    private static byte[]? Head(Stream file, int length)
    {
        var head = new byte[length];
        return file.ReadAtLeast(head, length, throwOnEndOfStream: false) == length ? head : null;
    }

    /// <summary>As int; what does not fit is made negative and refused.</summary>
    private static int Big(byte[] bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));

    private static int Little16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static int Little24(byte[] bytes, int at) => bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
}
