namespace Linli.Routing.Twins;

/// <summary>
/// The texts of one cell, in order of time, with their trigrams beside each other: memory that lies together is read many times faster.
/// The lower 16 bits of the trigrams lie apart from the upper 8, because they are enough to see that two texts have little in common.
/// </summary>
internal sealed class PlaceCell
{
    private Spot[] _spots = new Spot[2];
    private ushort[] _low = new ushort[128];
    private byte[] _high = new byte[128];
    private int _count, _end;

    public long Bytes => 160 + (_spots.Length * 40L) + (_low.Length * 3L);

    public void Add(int number, in TwinText text, ReadOnlySpan<int> grams)
    {
        if (_count == _spots.Length)
        {
            Array.Resize(ref _spots, _count * 2);
        }

        if (_end + grams.Length > _low.Length)
        {
            var length = _end + grams.Length + (_low.Length / 2);
            Array.Resize(ref _low, length);
            Array.Resize(ref _high, length);
        }

        var spot = new Spot(number, SecondsOf(text.At), text.Longitude!.Value, text.Latitude!.Value, text.Kind, text.Marks, _end, (ushort)grams.Length);
        foreach (var gram in grams)
        {
            (_low[_end], _high[_end++]) = ((ushort)(gram & 0xFFFF), (byte)(gram >> 16));
        }

        var at = _count > 0 && _spots[_count - 1].Seconds > spot.Seconds ? From(spot.Seconds + 1) : _count;   // what is new comes last, as a rule
        Array.Copy(_spots, at, _spots, at + 1, _count++ - at);
        _spots[at] = spot;
    }

    public void Remove(int number)
    {
        if (Array.FindIndex(_spots, 0, _count, s => s.Number == number) is >= 0 and var at)
        {
            Array.Copy(_spots, at + 1, _spots, at, --_count - at);
        }
    }

    public ReadOnlySpan<Spot> Since(DateTimeOffset since) => _spots.AsSpan(From(SecondsOf(since)).._count);

    public ReadOnlySpan<ushort> Low(in Spot spot) => _low.AsSpan(spot.Start, spot.Size);

    public ReadOnlySpan<byte> High(in Spot spot) => _high.AsSpan(spot.Start, spot.Size);

    /// <summary>Where the first stands that is not older.</summary>
    private int From(uint seconds)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = _spots[middle].Seconds < seconds ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Since 2000, as far as 2136.</summary>
    private static uint SecondsOf(DateTimeOffset at) => (uint)Math.Clamp((at.UtcTicks - 630_822_816_000_000_000) / TimeSpan.TicksPerSecond, 0, uint.MaxValue - 1);
}

/// <summary>One text: all that a search asks about it, and where its trigrams lie in the cell.</summary>
internal readonly record struct Spot(int Number, uint Seconds, double Longitude, double Latitude, int Kind, int Marks, int Start, ushort Size);
