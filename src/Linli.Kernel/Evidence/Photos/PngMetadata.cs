using System.Buffers.Binary;

namespace Linli.Kernel.Evidence.Photos;

/// <summary>Takes everything out of a PNG that is not the picture, without decoding it. Only for servers without libvips.</summary>
internal static class PngMetadata
{
    private static readonly string[] Picture = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB"];

    /// <summary>The picture alone, with nothing after its end; null when it is not whole.</summary>
    public static byte[]? Strip(ReadOnlySpan<byte> png)
    {
        using var kept = new MemoryStream(png.Length);
        kept.Write(png[..8]);
        var hasData = false;
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (length > png.Length - at - 12)
            {
                return null;
            }

            var chunk = png.Slice(at, (int)length + 12);
            var type = System.Text.Encoding.ASCII.GetString(chunk.Slice(4, 4));
            if (Crc(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]))
            {
                return null;
            }

            if (Picture.Contains(type))
            {
                kept.Write(chunk);
            }

            hasData |= type == "IDAT";
            if (type == "IEND")
            {
                return hasData ? kept.ToArray() : null;
            }

            at += chunk.Length;
        }

        return null;
    }

    /// <summary>CRC-32 of PNG (ISO 3309), bit by bit: this path is rare and a table would be longer than it.</summary>
    internal static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
