using System.Numerics;
using System.Runtime.InteropServices;

namespace Linli.Routing.Twins;

/// <summary>
/// For some of the trigrams, the texts that have them, in the order in which they were added. Everything lies in a few arrays, so that
/// millions of lists cost the garbage collector nothing.
/// </summary>
internal sealed class PostingShard
{
    private const int Slab = 1 << 15;

    private Entry[] _entries = new Entry[16];
    private int _used;

    /// <summary>They never move, so that growing copies nothing; a list that is longer than one has one to itself.</summary>
    private readonly List<int[]> _slabs = [];
    private int _end;

    /// <summary>The first free stretch of each power of two, and 1; 0 for none. A free stretch begins with the next one.</summary>
    private readonly int[] _free = new int[31];

    public long Bytes => ((long)_entries.Length * 12) + _slabs.Sum(s => (long)s.Length * sizeof(int));

    public ReadOnlySpan<int> Find(uint hash, int gram)
    {
        ref var entry = ref Place(hash, gram);
        return entry.Count switch
        {
            0 => [],
            1 => MemoryMarshal.CreateReadOnlySpan(ref entry.At, 1),   // alone: in the entry itself
            _ => Stretch(entry.At, entry.Count),
        };
    }

    public void Add(uint hash, int gram, int text)
    {
        ref var entry = ref Place(hash, gram);
        switch (entry.Count)
        {
            case 0:
                entry = new Entry { Gram = gram + 1, Count = 1, At = text };
                if (++_used * 4 > _entries.Length * 3)
                {
                    Grow();
                }

                return;
            case 1:
                var alone = entry.At;
                entry.At = Take(2);
                Stretch(entry.At, 2)[0] = alone;
                break;
            case var count when BitOperations.IsPow2(count):
                var wider = Take(2 * count);
                Stretch(entry.At, count).CopyTo(Stretch(wider, count));
                Give(entry.At, count);
                entry.At = wider;
                break;
        }

        Stretch(entry.At, ++entry.Count)[^1] = text;
    }

    private Span<int> Stretch(int at, int length) => _slabs[at / Slab].AsSpan(at % Slab, length);

    private ref Entry Place(uint hash, int gram)
    {
        var mask = _entries.Length - 1;
        for (var at = (int)(hash >> 5) & mask; ; at = (at + 1) & mask)
        {
            ref var entry = ref _entries[at];
            if (entry.Gram == gram + 1 || entry.Gram == 0)
            {
                return ref entry;
            }
        }
    }

    private void Grow()
    {
        var before = _entries;
        _entries = new Entry[before.Length * 2];
        foreach (var entry in before)
        {
            if (entry.Gram != 0)
            {
                Place(TwinIndex.HashOf(entry.Gram - 1), entry.Gram - 1) = entry;
            }
        }
    }

    private int Take(int length)
    {
        ref var free = ref _free[BitOperations.Log2((uint)length)];
        if (free != 0)
        {
            var found = free - 1;
            free = Stretch(found, 1)[0];
            return found;
        }

        if (_slabs.Count == 0 || _end + length > _slabs[^1].Length)
        {
            // A small county does not pay for large slabs.
            _slabs.Add(new int[Math.Max(length, Math.Min(Slab, 64 << (2 * Math.Min(_slabs.Count, 10))))]);
            _end = 0;
        }

        var at = ((_slabs.Count - 1) * Slab) + _end;
        _end += length;
        return at;
    }

    private void Give(int at, int length)
    {
        ref var free = ref _free[BitOperations.Log2((uint)length)];
        Stretch(at, 1)[0] = free;
        free = at + 1;
    }

    private struct Entry
    {
        /// <summary>The trigram and 1; 0 where nothing is.</summary>
        public int Gram;
        public int Count;
        public int At;
    }
}
