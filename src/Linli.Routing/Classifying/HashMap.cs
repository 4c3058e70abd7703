using System.Numerics;
using System.Runtime.CompilerServices;

namespace Linli.Routing.Classifying;

/// <summary>From the hash of a feature to its number. Filled once, read by many threads; open addressing, one cache line for most look-ups.</summary>
internal sealed class HashMap
{
    private readonly ulong[] _keys;
    private readonly int[] _numbers;
    private readonly int _mask;

    /// <param name="hashes">Each once, none of them 0; the number is the place in the list.</param>
    public HashMap(ReadOnlySpan<ulong> hashes)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, hashes.Length * 3 / 2));
        (_keys, _numbers, _mask) = (new ulong[size], new int[size], size - 1);
        for (var i = 0; i < hashes.Length; i++)
        {
            var at = (int)(hashes[i] >> 33) & _mask;
            while (_keys[at] != 0)
            {
                at = (at + 1) & _mask;
            }

            (_keys[at], _numbers[at]) = (hashes[i], i);
        }
    }

    /// <summary>−1 when unknown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ulong hash)
    {
        for (var at = (int)(hash >> 33) & _mask; ; at = (at + 1) & _mask)
        {
            var key = _keys[at];
            if (key == hash)
            {
                return _numbers[at];
            }

            if (key == 0)
            {
                return -1;
            }
        }
    }
}
