using System.Text;

namespace Linli.Requests.Import;

/// <summary>Finds out how text is encoded: a byte order mark, else UTF-8 when it is that, else GB 18030, which includes GBK and GB 2312.</summary>
internal static class TextEncoding
{
    /// <summary>Pictures and programs carry zero bytes; text does only as UTF-16, which says so at its beginning.</summary>
    public static bool IsNoText(Stream file)
    {
        Span<byte> head = stackalloc byte[4_096];
        file.Position = 0;
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        return head.Contains((byte)0) && !(head.Length > 1 && (head[..2].SequenceEqual<byte>([0xFF, 0xFE]) || head[..2].SequenceEqual<byte>([0xFE, 0xFF])));
    }

    public static Encoding Of(Stream file)
    {
        file.Position = 0;
        Span<byte> mark = stackalloc byte[2];
        file.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        if (mark.SequenceEqual<byte>([0xFF, 0xFE]) || mark.SequenceEqual<byte>([0xFE, 0xFF]))
        {
            return mark[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
        }

        file.Position = 0;
        var (characters, wrong) = CountUtf8(file);

        // One broken character in a long text is damage; in GB 18030 nearly every Chinese character breaks UTF-8.
        return wrong == 0 || wrong * 20 < characters ? Encoding.UTF8 : Encoding.GetEncoding("GB18030");
    }

    /// <summary>How many characters beyond ASCII the text has as UTF-8, and how many sequences are not UTF-8.</summary>
    private static (long Characters, long Wrong) CountUtf8(Stream file)
    {
        using var reader = new StreamReader(file, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var buffer = new char[65_536];
        var (characters, wrong) = (0L, 0L);
        int read;
        while ((read = reader.Read(buffer)) > 0)
        {
            foreach (var c in buffer.AsSpan(0, read))
            {
                characters += c > '\x7F' ? 1 : 0;
                wrong += c == '\uFFFD' ? 1 : 0;
            }
        }

        return (characters, wrong);
    }
}
