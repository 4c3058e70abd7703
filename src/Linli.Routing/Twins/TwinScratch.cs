using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Linli.Routing.Twins;

/// <summary>What one search needs, kept for the next: the trigrams asked about, the counts, the best so far.</summary>
internal sealed class TwinScratch
{
    private const int SieveBits = 1 << 16;

    private readonly ulong[] _sieve = new ulong[SieveBits / 64];
    private readonly HashSet<int> _asked = [];
    private ushort[] _shared = [];
    private (float Score, float Likeness, int Number, double Metres)[] _best = [];
    private int _kept, _least;
    private TwinSearch _search;

    public TextGrams Grams { get; } = new();

    public List<PlaceCell> Cells { get; } = [];

    public void Ask(in TwinSearch search)
    {
        foreach (var gram in _asked)
        {
            _sieve[(gram & 0xFFFF) >> 6] = 0;
        }

        _asked.Clear();
        foreach (var gram in Grams.Cut(search.Text))
        {
            _asked.Add(gram);
            _sieve[(gram & 0xFFFF) >> 6] |= 1UL << (gram & 63);
        }

        (_search, _kept, _least) = (search, 0, 1);
        if (_best.Length != search.Most)
        {
            _best = new (float, float, int, double)[search.Most];
        }
    }

    /// <summary>Compares what lies in the circle, but for what cannot be among the best.</summary>
    public void Compare(in TwinPlace place)
    {
        var (shrink, limit) = (PlaceGrid.Shrink(place.Latitude), place.Metres * place.Metres);
        foreach (var cell in Cells)
        {
            foreach (ref readonly var spot in cell.Since(place.Since))
            {
                // On a plane that touches the Earth at the point asked about.
                var (x, y) = ((spot.Longitude - place.Longitude) * shrink * PlaceGrid.Degree, (spot.Latitude - place.Latitude) * PlaceGrid.Degree);
                var squared = (x * x) + (y * y);
                if (squared > limit || (spot.Marks & _search.Marks) != _search.Marks)
                {
                    continue;
                }

                var bonus = spot.Kind == _search.Kind ? _search.KindBonus : 0;
                if (Enters(Math.Min(spot.Size, _asked.Count), spot.Size, bonus) && Enters(SharedAtMost(cell.Low(spot)), spot.Size, bonus))
                {
                    Keep(SharedBy(cell.Low(spot), cell.High(spot)), spot.Size, spot.Number, bonus, Math.Sqrt(squared));
                }
            }
        }
    }

    /// <summary>Counts for every text how many trigrams it shares.</summary>
    public void Count(PostingShard[] shards, List<TwinIndex.Card> cards)
    {
        if (_shared.Length < cards.Count)
        {
            _shared = new ushort[BitOperations.RoundUpToPowerOf2((uint)cards.Count)];
        }

        var shared = _shared.AsSpan(0, cards.Count);
        foreach (var gram in _asked)
        {
            var hash = TwinIndex.HashOf(gram);
            foreach (var number in shards[hash >> 24].Find(hash, gram))
            {
                unchecked
                {
                    shared[number]++;   // no text has as many trigrams as would overflow it
                }
            }
        }

        for (var number = 0; number < shared.Length; number++)
        {
            // What either has is at least what was asked about: a small share is passed over without another look.
            if (shared[number] >= _least && cards[number] is var card && card.Key != Guid.Empty && (card.Marks & _search.Marks) == _search.Marks)
            {
                Keep(shared[number], card.Size, number, card.Kind == _search.Kind ? _search.KindBonus : 0, double.NaN);
            }
        }

        shared.Clear();
    }

    private bool Enters(int shared, int size, float bonus) =>
        _kept < _best.Length || ((float)shared / Math.Max(1, _asked.Count + size - shared)) + bonus >= _best[^1].Score;

    /// <summary>By the lower bits, without a branch: an eighth of the time that comparing exactly takes.</summary>
    private int SharedAtMost(ReadOnlySpan<ushort> low)
    {
        var shared = 0UL;
        ref var sieve = ref MemoryMarshal.GetArrayDataReference(_sieve);
        foreach (var gram in low)
        {
            unchecked
            {
                shared += (Unsafe.Add(ref sieve, gram >> 6) >> gram) & 1;   // shifted by the lowest six bits of it
            }
        }

        return (int)shared;
    }

    private int SharedBy(ReadOnlySpan<ushort> low, ReadOnlySpan<byte> high)
    {
        var shared = 0;
        for (var i = 0; i < low.Length; i++)
        {
            if ((_sieve[low[i] >> 6] & (1UL << (low[i] & 63))) != 0 && _asked.Contains(low[i] | (high[i] << 16)))
            {
                shared++;
            }
        }

        return shared;
    }

    public List<Twin> Answer(List<TwinIndex.Card> cards) =>
        [.. _best.Take(_kept).Select(b => new Twin(cards[b.Number].Key, b.Likeness, b.Score, double.IsNaN(b.Metres) ? null : b.Metres))];

    private void Keep(int shared, int size, int number, float bonus, double metres)
    {
        var likeness = (float)shared / (_asked.Count + size - shared);
        var score = likeness + bonus;
        if (score <= 0 || (_kept == _best.Length && (score < _best[^1].Score || (score == _best[^1].Score && number > _best[^1].Number))))
        {
            return;
        }

        var at = _kept < _best.Length ? _kept++ : _kept - 1;
        while (at > 0 && (_best[at - 1].Score < score || (_best[at - 1].Score == score && _best[at - 1].Number > number)))
        {
            _best[at] = _best[at - 1];
            at--;
        }

        _best[at] = (score, likeness, number, metres);
        if (_kept == _best.Length)
        {
            _least = Math.Max(1, (int)((_best[^1].Score - _search.KindBonus) * _asked.Count));
        }
    }
}
