using System.Numerics;
using System.Runtime.CompilerServices;

namespace Linli.Routing.Classifying;

/// <summary>
/// From the hash of a feature to its number. Filled once, read by many threads; open addressing, one cache line for most look-ups. A place
/// holds 32 bits of the hash and the number together: half the memory of whole hashes, and whatever is read of it is in the cache. The
/// other bits decide the place, so that of four thousand million unknown features about one is mistaken for a known one.
/// </summary>
internal sealed class HashMap
{
    private readonly ulong[] _places;
    private readonly int _mask;

    /// <param name="hashes">Each once; the number is the place in the list.</param>
    public HashMap(ReadOnlySpan<ulong> hashes)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, hashes.Length * 3 / 2));
        (_places, _mask) = (new ulong[size], size - 1);
        for (var i = 0; i < hashes.Length; i++)
        {
            var at = (int)(hashes[i] >> 33) & _mask;
            while (_places[at] != 0)
            {
                at = (at + 1) & _mask;
            }

            _places[at] = (hashes[i] << 32) | (uint)(i + 1);
        }
    }

    /// <summary>−1 when unknown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong hash)
    {
        for (var at = (int)(hash >> 33) & _mask; ; at = (at + 1) & _mask)
        {
            var place = _places[at];
            if (place == 0)
            {
                return -1;
            }

            if (place >> 32 == (hash & uint.MaxValue))
            {
                return (int)(place & uint.MaxValue) - 1;
            }
        }
    }
}
