using System.Runtime.InteropServices;

namespace Linli.Routing.Twins;

/// <summary>
/// Adds many texts on every core. The trigrams of a batch are sorted by shard first: each core then writes into shards that nobody else
/// writes into, and stays within a little memory. Everything it needs is kept for the next batch.
/// </summary>
internal sealed class TwinLoading(PostingShard[] shards, TwinLoading.Storing store)
{
    public const int Batch = 8_192;

    private const int Slices = 16;
    private readonly Slice[] _slices = [.. Enumerable.Range(0, Slices).Select(_ => new Slice())];
    private (int Gram, int Number)[] _pairs = [];

    /// <returns>The text's number.</returns>
    internal delegate int Storing(in TwinText text, ReadOnlySpan<int> grams);

    public void Add(List<TwinText> batch)
    {
        var length = (batch.Count + Slices - 1) / Slices;
        Parallel.For(0, Slices, i => _slices[i].Cut(batch, Math.Min(batch.Count, i * length), Math.Min(batch.Count, (i + 1) * length)));
        var starts = new int[TwinIndex.Shards + 1];
        foreach (var slice in _slices)
        {
            foreach (var gram in CollectionsMarshal.AsSpan(slice.Grams))
            {
                starts[(TwinIndex.HashOf(gram) >> 24) + 1]++;
            }
        }

        for (var shard = 0; shard < TwinIndex.Shards; shard++)
        {
            starts[shard + 1] += starts[shard];
        }

        Sort(batch, starts);
        Parallel.For(0, TwinIndex.Shards, shard =>
        {
            foreach (var (gram, number) in _pairs.AsSpan(starts[shard]..starts[shard + 1]))
            {
                shards[shard].Add(TwinIndex.HashOf(gram), gram, number);
            }
        });
    }

    private void Sort(List<TwinText> batch, int[] starts)
    {
        if (_pairs.Length < starts[^1])
        {
            _pairs = new (int, int)[starts[^1] + (starts[^1] / 2)];
        }

        var (ends, text) = (starts[..^1], 0);
        foreach (var slice in _slices)
        {
            var at = 0;
            foreach (var size in slice.Sizes)
            {
                var grams = CollectionsMarshal.AsSpan(slice.Grams).Slice(at, size);
                var number = store(batch[text++], grams);
                foreach (var gram in grams)
                {
                    _pairs[ends[TwinIndex.HashOf(gram) >> 24]++] = (gram, number);
                }

                at += size;
            }
        }
    }

    private sealed class Slice
    {
        private readonly TextGrams _cutter = new();

        public List<int> Grams { get; } = [];

        public List<int> Sizes { get; } = [];

        public void Cut(List<TwinText> batch, int from, int to)
        {
            Grams.Clear();
            Sizes.Clear();
            for (var i = from; i < to; i++)
            {
                var grams = _cutter.Cut(batch[i].Text);
                Grams.AddRange(grams);
                Sizes.Add(grams.Length);
            }
        }
    }
}
