using System.IO.Compression;
using System.Text;

namespace Linli.Attacks.Files;

/// <summary>A ZIP package written byte by byte, because no library writes what attackers do.</summary>
internal sealed class ZipBytes
{
    private readonly List<byte> _file = [];
    private readonly List<byte> _list = [];
    private readonly Dictionary<string, (uint At, int Packed, uint Unpacked)> _parts = new(StringComparer.Ordinal);
    private int _count;

    public ZipBytes Add(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Add(name, Deflate(bytes), (uint)bytes.Length);
    }

    /// <param name="packed">Already deflated.</param>
    /// <param name="said">How long it is when unpacked, as the package says.</param>
    public ZipBytes Add(string name, byte[] packed, uint said)
    {
        _parts[name] = ((uint)_file.Count, packed.Length, said);
        _file.AddRange(Header(name, packed.Length, said, 0x04034b50));
        _file.AddRange(packed);
        return List(name, name);
    }

    /// <summary>One more name for the bytes of another part: what is there once unpacks as often as it is listed.</summary>
    public ZipBytes List(string name, string sameAs)
    {
        var (at, packed, said) = _parts[sameAs];
        _list.AddRange(Header(name, packed, said, 0x02014b50, at));
        _count++;
        return this;
    }

    public byte[] ToArray()
    {
        using var all = new MemoryStream();
        all.Write([.. _file]);
        all.Write([.. _list]);
        using var writer = new BinaryWriter(all, Encoding.UTF8, leaveOpen: true);
        writer.Write(0x06054b50);
        writer.Write(0);
        writer.Write(unchecked((ushort)_count));
        writer.Write(unchecked((ushort)_count));
        writer.Write((uint)_list.Count);
        writer.Write((uint)_file.Count);
        writer.Write((ushort)0);
        writer.Flush();
        return all.ToArray();
    }

    /// <summary>Sixteen megabytes of zeroes again and again, packed once: each repetition costs sixteen kilobytes.</summary>
    public static byte[] Zeroes(int sixteenMegabytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(new byte[16 * 1024 * 1024]);
            deflate.Flush();
            packed.Position = packed.Length;
            var one = packed.ToArray();
            for (var i = 1; i < sixteenMegabytes; i++)
            {
                packed.Write(one);
            }
        }

        return packed.ToArray();
    }

    private static byte[] Deflate(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Header(string name, int packed, uint said, uint signature, uint? at = null)
    {
        var encoded = Encoding.UTF8.GetBytes(name);
        using var to = new MemoryStream();
        using var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        writer.Write(signature);
        if (at is not null)
        {
            writer.Write((ushort)20);
        }

        writer.Write((ushort)20);
        writer.Write((ushort)0x0800); // names in UTF-8
        writer.Write((ushort)8);      // deflate
        writer.Write(0);
        writer.Write(0);              // nobody checks the sum
        writer.Write(packed);
        writer.Write(said);
        writer.Write((ushort)encoded.Length);
        writer.Write((ushort)0);
        if (at is not null)
        {
            writer.Write(new byte[10]);
            writer.Write(at.Value);
        }

        writer.Write(encoded);
        writer.Flush();
        return to.ToArray();
    }
}
