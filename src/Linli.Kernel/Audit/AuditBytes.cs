using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Linli.Kernel.Audit;

/// <summary>What an entry says, as the store keeps it: enums as their text, time as ticks (100 ns since year 1, UTC).</summary>
public readonly record struct AuditFields(string Actor, Guid ActorId, string Verb, long Ticks, string? Subject, string? Reason, string Changes);

/// <summary>
/// The one form in which entries are hashed: every field with its length, so that no two entries share a form. Integers are little-endian, texts
/// UTF-8, absent texts have the length −1. Written into one buffer again and again: a million entries are hashed without a million arrays.
/// <code>
/// previous hash (32) ‖ sequence (8) ‖ entry id (8) ‖ has a check value (1) ‖ keyed hash (24) ‖ 'E' ‖ random number (8) ‖ fields
///                                                                                            └──────── own: what the keyed hash covers ───────┘
/// </code>
/// </summary>
internal sealed class AuditBytes
{
    public const int NonceLength = 8;
    private const int Front = 32 + 8 + 8 + 1 + 24;
    private byte[] _buffer = new byte[1_024];
    private int _length;

    /// <summary>What vouches for an entry covers this.</summary>
    public ReadOnlySpan<byte> Own => _buffer.AsSpan(Front, _length - Front);

    public void Fill(in AuditFields entry, ReadOnlySpan<byte> mac)
    {
        _length = Front;
        Span(1)[0] = (byte)'E';
        var nonce = Span(NonceLength);
        nonce.Clear();
        mac[..Math.Min(mac.Length, NonceLength)].CopyTo(nonce);
        Add(entry.Actor);
        entry.ActorId.TryWriteBytes(Span(16));
        Add(entry.Verb);
        BinaryPrimitives.WriteInt64LittleEndian(Span(8), entry.Ticks);
        Add(entry.Subject);
        Add(entry.Reason);
        Add(entry.Changes);
    }

    /// <summary>The hash of the filled entry as a link of the chain.</summary>
    public byte[] HashAfter(byte[] previous, long sequence, long entryId, byte[]? mac)
    {
        var front = _buffer.AsSpan(0, Front);
        front.Clear();
        previous.CopyTo(front);
        BinaryPrimitives.WriteInt64LittleEndian(front[32..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(front[40..], entryId);
        if (mac is not null)
        {
            front[48] = (byte)Math.Min(mac.Length, byte.MaxValue);
            mac.AsSpan(Math.Min(mac.Length, NonceLength), Math.Clamp(mac.Length - NonceLength, 0, 24)).CopyTo(front[49..]);
        }

        return SHA256.HashData(_buffer.AsSpan(0, _length));
    }

    public static byte[] OfLink(long sequence, byte[] hash)
    {
        var bytes = new byte[1 + 8 + hash.Length];
        bytes[0] = (byte)'L';
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), sequence);
        hash.CopyTo(bytes, 9);
        return bytes;
    }

    private void Add(string? text)
    {
        if (text is null)
        {
            BinaryPrimitives.WriteInt32LittleEndian(Span(4), -1);
            return;
        }

        var count = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32LittleEndian(Span(4), count);
        Encoding.UTF8.GetBytes(text, Span(count));
    }

    private Span<byte> Span(int count)
    {
        if (_length + count > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }

        _length += count;
        return _buffer.AsSpan(_length - count, count);
    }
}
