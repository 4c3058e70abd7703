namespace Linli.Attacks.Files;

/// <summary>A file of which is known how much was read.</summary>
internal sealed class Counting(byte[] bytes) : MemoryStream(bytes, writable: false)
{
    public long ReadBytes { get; private set; }

    public override int Read(byte[] buffer, int offset, int count) => Count(base.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Count(base.Read(buffer));

    private int Count(int read)
    {
        ReadBytes += read;
        return read;
    }
}
