using System.Collections.Concurrent;

namespace Linli.Routing.Twins;

/// <summary>A text that may have twins.</summary>
/// <param name="Key">Whose text it is.</param>
/// <param name="Kind">What it is about, by a number of the caller's.</param>
/// <param name="Marks">Bits of the caller's, to narrow a search by.</param>
/// <param name="Longitude">Of its place in WGS 84 degrees; null with <paramref name="Latitude"/> when that is not known.</param>
public readonly record struct TwinText(Guid Key, string Text, DateTimeOffset At, double? Longitude = null, double? Latitude = null, int Kind = 0, int Marks = 0);

/// <summary>What is searched for.</summary>
/// <param name="Most">How many at the most, the likest first; of equals the one that was added first.</param>
/// <param name="Marks">Only texts that have all these bits.</param>
/// <param name="Kind">Texts about this score <paramref name="KindBonus"/> more than their likeness.</param>
public readonly record struct TwinSearch(string Text, int Most = 5, int Marks = 0, int? Kind = null, float KindBonus = 0);

/// <summary>Around where, how far and since when.</summary>
public readonly record struct TwinPlace(double Longitude, double Latitude, double Metres, DateTimeOffset Since);

/// <summary>A text like the one asked about.</summary>
/// <param name="Likeness">Trigrams that both have, over trigrams that either has: 0 to 1, the similarity of PostgreSQL's pg_trgm.</param>
/// <param name="Metres">How far away; null when nothing was said about the place.</param>
public readonly record struct Twin(Guid Key, float Likeness, float Score, double? Metres);

/// <summary>
/// Texts in memory, and the likest of them to a text: near a place, or anywhere. Answers are exact. Many may ask while one adds; the
/// memory of a removed text (<see cref="Removed"/>) comes back when the index is made anew.
/// </summary>
public sealed class TwinIndex : IDisposable
{
    internal const int Shards = 256;

    private readonly PostingShard[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new PostingShard())];
    private readonly PlaceGrid _grid = new();
    private readonly List<Card> _cards = [];
    private readonly Dictionary<Guid, int> _numbers = [];
    private readonly ConcurrentBag<TwinScratch> _scratch = [];
    private readonly ReaderWriterLockSlim _door = new();

    /// <summary>Texts that can be found.</summary>
    public int Count => _numbers.Count;

    /// <summary>Texts that were removed and still take memory.</summary>
    public int Removed => _cards.Count - _numbers.Count;

    /// <summary>About how much memory it takes, in bytes, from what its arrays hold.</summary>
    public long Bytes => _shards.Sum(s => s.Bytes) + _grid.Bytes + (_cards.Capacity * 48L) + (_numbers.Count * 40L);

    /// <summary>Adds a text, or puts it in the place of the one with the same key.</summary>
    public void Add(in TwinText text)
    {
        var scratch = Take();
        var grams = scratch.Grams.Cut(text.Text);
        _door.EnterWriteLock();
        try
        {
            var number = Store(text, grams);
            foreach (var gram in grams)
            {
                var hash = HashOf(gram);
                _shards[hash >> 24].Add(hash, gram, number);
            }
        }
        finally
        {
            _door.ExitWriteLock();
            _scratch.Add(scratch);
        }
    }

    /// <summary>Adds many, on every core, while the next are being read; nobody else may use the index meanwhile.</summary>
    public async Task AddAllAsync(IAsyncEnumerable<TwinText> texts, CancellationToken cancellation = default)
    {
        var loading = new TwinLoading(_shards, Store);
        var (batch, next, before) = (new List<TwinText>(), new List<TwinText>(), Task.CompletedTask);
        await foreach (var text in texts.WithCancellation(cancellation))
        {
            batch.Add(text);
            if (batch.Count == TwinLoading.Batch)
            {
                await before;
                (batch, next) = (next, batch);
                var full = next;
                before = Task.Run(() => loading.Add(full), CancellationToken.None);
                batch.Clear();
            }
        }

        await before;
        loading.Add(batch);
    }

    public bool Remove(Guid key)
    {
        _door.EnterWriteLock();
        try
        {
            return Forget(key);
        }
        finally
        {
            _door.ExitWriteLock();
        }
    }

    /// <summary>The likest near a place, not older than it says.</summary>
    public IReadOnlyList<Twin> Near(in TwinSearch search, in TwinPlace place)
    {
        var scratch = Take();
        _door.EnterReadLock();
        try
        {
            scratch.Ask(search);
            _grid.Around(place, scratch.Cells);
            scratch.Compare(place);
            return scratch.Answer(_cards);
        }
        finally
        {
            _door.ExitReadLock();
            _scratch.Add(scratch);
        }
    }

    /// <summary>The likest anywhere.</summary>
    public IReadOnlyList<Twin> Anywhere(in TwinSearch search)
    {
        var scratch = Take();
        _door.EnterReadLock();
        try
        {
            scratch.Ask(search);
            scratch.Count(_shards, _cards);
            return scratch.Answer(_cards);
        }
        finally
        {
            _door.ExitReadLock();
            _scratch.Add(scratch);
        }
    }

    internal static uint HashOf(int gram) => unchecked((uint)gram * 0x9E3779B1);

    public void Dispose() => _door.Dispose();

    private TwinScratch Take() => _scratch.TryTake(out var scratch) ? scratch : new TwinScratch();

    private int Store(in TwinText text, ReadOnlySpan<int> grams)
    {
        Forget(text.Key);
        var number = _cards.Count;
        _cards.Add(new Card(text.Key, text.Longitude ?? double.NaN, text.Latitude ?? double.NaN, text.Kind, text.Marks, (ushort)grams.Length));
        _numbers[text.Key] = number;
        if (text is { Longitude: not null, Latitude: not null })
        {
            _grid.Add(number, text, grams);
        }

        return number;
    }

    private bool Forget(Guid key)
    {
        if (!_numbers.Remove(key, out var number))
        {
            return false;
        }

        var card = _cards[number];
        if (!double.IsNaN(card.Longitude))
        {
            _grid.Remove(number, card.Longitude, card.Latitude);
        }

        _cards[number] = card with { Key = Guid.Empty };
        return true;
    }

    /// <param name="Key">Empty when the text was removed.</param>
    internal readonly record struct Card(Guid Key, double Longitude, double Latitude, int Kind, int Marks, ushort Size);
}
