using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Photos;

namespace Linli.Testing;

/// <summary>Real picture files, made on the spot: PNG by hand, JPEG from it, with whatever metadata a telephone adds.</summary>
public static class Pictures
{
    /// <summary>Marks that must be in no file that Linli keeps.</summary>
    public const string Camera = "SECRETCAM-9000";

    /// <summary>An RGB PNG whose left half is red and whose right half is blue.</summary>
    public static byte[] Png(int width, int height, params (string Type, byte[] Data)[] extra)
    {
        var row = new byte[1 + (width * 3)];
        for (var x = 0; x < width; x++)
        {
            row[1 + (x * 3) + (x < width / 2 ? 0 : 2)] = 220;
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.Write(row);
            }
        }

        return PngOf(width, height, packed.ToArray(), extra);
    }

    /// <summary>A PNG that says it is huge; its data are whatever is given.</summary>
    public static byte[] PngOf(int width, int height, byte[] packed, params (string Type, byte[] Data)[] extra)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        using var png = new MemoryStream();
        png.Write([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]);
        foreach (var (type, data) in ((string, byte[])[])[("IHDR", header), .. extra, ("IDAT", packed), ("IEND", [])])
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            png.Write(number);
            png.Write(body);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
            png.Write(number);
        }

        return png.ToArray();
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(i =>
        Enumerable.Range(0, 8).Aggregate((uint)i, (crc, _) => (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1))];

    /// <summary>A JPEG of this size as libvips writes it, left red and right blue, without metadata.</summary>
    public static byte[] Jpeg(int width, int height) => Jpeg(width, height, Png(width, height));

    /// <summary>A JPEG of as many bytes as a camera makes of leaves and gravel, always the same.</summary>
    public static byte[] Grainy(int width, int height)
    {
        var grain = new Random(5);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            var grains = new byte[(width + height) * 3];
            grain.NextBytes(grains);
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(grains, y * 3, width * 3);
            }
        }

        return Jpeg(width, height, PngOf(width, height, packed.ToArray()));
    }

    private static byte[] Jpeg(int width, int height, byte[] png)
    {
        var folder = Directory.CreateTempSubdirectory("linli-pictures-");
        try
        {
            var (from, to) = (Path.Combine(folder.FullName, "a.png"), Path.Combine(folder.FullName, "b.jpg"));
            File.WriteAllBytes(from, png);
            using var workshop = new PhotoWorkshop(new EvidenceOptions { Folder = folder.FullName, PhotoSide = Math.Max(width, height) });
            var made = workshop.MakeAsync(new PhotoOrder(from, FileKind.Png, new ImageSize(width, height), to, to + ".thumb"), default).GetAwaiter().GetResult();
            return made.Kind == FileKind.Jpeg ? File.ReadAllBytes(to) : throw new InvalidOperationException(workshop.Shortcoming);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Puts into a JPEG what a telephone does: camera, orientation and position in EXIF, the same again in XMP, and a comment.</summary>
    public static byte[] WithPosition(byte[] jpeg, ushort orientation = 1)
    {
        byte[] xmp = [.. "http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='36,6.9N' tiff:Model='"u8, .. Encoding.ASCII.GetBytes(Camera), .. "'/>"u8];
        return [.. jpeg.AsSpan(0, 2), .. Segment(0xE1, Exif(orientation)), .. Segment(0xE1, xmp), .. Segment(0xFE, Encoding.ASCII.GetBytes(Camera)), .. jpeg.AsSpan(2)];
    }

    /// <summary>Puts into a JPEG a colour profile in which red and green have changed places.</summary>
    public static byte[] WithSwappedColours(byte[] jpeg) =>
        [.. jpeg.AsSpan(0, 2), .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. SwappedColours()]), .. jpeg.AsSpan(2)];

    /// <summary>An ICC profile, version 2.4, of the kind "matrix and curves", with the primaries of sRGB.</summary>
    private static byte[] SwappedColours()
    {
        byte[] text = [.. "text\0\0\0\0none\0"u8, 0, 0, 0], name = [.. "desc\0\0\0\0\0\0\0\u0001\0"u8, .. new byte[79]], curve = [.. "curv\0\0\0\0"u8, .. Big(1), 2, 0x33, 0, 0];
        (string Tag, byte[] Data)[] tags =
        [
            ("desc", name), ("cprt", text), ("wtpt", Xyz(0.9642, 1, 0.8249)),
            ("rXYZ", Xyz(0.3851, 0.7169, 0.0971)), ("gXYZ", Xyz(0.4361, 0.2225, 0.0139)), ("bXYZ", Xyz(0.1431, 0.0606, 0.7141)),
            ("rTRC", curve), ("gTRC", curve), ("bTRC", curve),
        ];
        var start = 128 + 4 + (12 * tags.Length);
        byte[] table = [], data = [];
        foreach (var (tag, content) in tags)
        {
            table = [.. table, .. Encoding.ASCII.GetBytes(tag), .. Big(start + data.Length), .. Big(content.Length)];
            data = [.. data, .. content];
        }

        return
        [
            .. Big(start + data.Length), .. Big(0), 2, 0x40, 0, 0, .. "mntrRGB XYZ "u8, .. new byte[12], .. "acsp"u8, .. new byte[28],
            .. Xyz(0.9642, 1, 0.8249)[8..], .. new byte[48], .. Big(tags.Length), .. table, .. data,
        ];

        static byte[] Xyz(double x, double y, double z) =>
            [.. "XYZ \0\0\0\0"u8, .. Big((int)(x * 65_536)), .. Big((int)(y * 65_536)), .. Big((int)(z * 65_536))];
    }

    private static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)((data.Length + 2) & 0xFF), .. data];

    /// <summary>Big-endian TIFF: make, orientation, and a GPS directory with latitude and longitude as three rationals each.</summary>
    private static byte[] Exif(ushort orientation)
    {
        const int gps = 8 + 2 + (3 * 12) + 4, texts = gps + 2 + (4 * 12) + 4, latitude = texts + 16, longitude = latitude + 24;
        using var tiff = new MemoryStream();
        tiff.Write([.. "MM\0*"u8, .. Big(8)]);
        tiff.Write([0, 3, .. Entry(0x010F, 2, Camera.Length + 1, Big(texts)), .. Entry(0x0112, 3, 1, [.. Big(orientation << 16)]), .. Entry(0x8825, 4, 1, Big(gps)), .. Big(0)]);
        tiff.Write([0, 4, .. Entry(1, 2, 2, [(byte)'N', 0, 0, 0]), .. Entry(2, 5, 3, Big(latitude)), .. Entry(3, 2, 2, [(byte)'E', 0, 0, 0]), .. Entry(4, 5, 3, Big(longitude)), .. Big(0)]);
        tiff.Write([.. Encoding.ASCII.GetBytes(Camera.PadRight(16, '\0'))]);
        tiff.Write([.. Big(36), .. Big(1), .. Big(6), .. Big(1), .. Big(54), .. Big(1), .. Big(113), .. Big(1), .. Big(12), .. Big(1), .. Big(25), .. Big(1)]);
        return [.. "Exif\0\0"u8, .. tiff.ToArray()];
    }

    private static byte[] Entry(int tag, int type, int count, byte[] value) =>
        [(byte)(tag >> 8), (byte)(tag & 0xFF), 0, (byte)type, .. Big(count), .. value];

    private static byte[] Big(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    /// <summary>The smallest GIF: one pixel.</summary>
    public static byte[] Gif =>
        [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, (byte)';'];

    /// <summary>A ZIP package with parts of these names.</summary>
    public static byte[] Zip(params string[] parts) => Package([.. parts.Select(p => (p, "<x/>"u8.ToArray()))]);

    /// <summary>A ZIP package, as Word and Excel files are.</summary>
    public static byte[] Package(params (string Name, byte[] Data)[] parts)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, data) in parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(data);
            }
        }

        return memory.ToArray();
    }

    /// <summary>A Word file of a few hundred kilobytes with a part of so many megabytes.</summary>
    public static byte[] ZipBomb(int megabytes)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("[Content_Types].xml");
            using var part = zip.CreateEntry("word/document.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < megabytes; i++)
            {
                part.Write(zeros);
            }
        }

        return memory.ToArray();
    }

    /// <summary>The smallest file that a reader takes for HEIC of a stated size.</summary>
    public static byte[] Heic(int width, int height) =>
        [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, 0, 0, 0, 20, .. "ispe"u8, 0, 0, 0, 0, .. Big(width), .. Big(height)];
}
