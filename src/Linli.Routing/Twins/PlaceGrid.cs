namespace Linli.Routing.Twins;

/// <summary>Texts by cells of 1/128 degree, about 800 m: what lies within some hundred metres is in half a dozen cells.</summary>
internal sealed class PlaceGrid
{
    /// <summary>Metres in a degree of latitude, on a sphere of 6 371.009 km.</summary>
    public const double Degree = 111_195.08;

    private const double Cell = 1 / 128.0;
    private readonly Dictionary<long, PlaceCell> _cells = [];

    public long Bytes => _cells.Values.Sum(c => c.Bytes);

    public void Add(int number, in TwinText text, ReadOnlySpan<int> grams)
    {
        var key = KeyOf(Column(text.Longitude!.Value), Column(text.Latitude!.Value));
        if (!_cells.TryGetValue(key, out var cell))
        {
            _cells[key] = cell = new PlaceCell();
        }

        cell.Add(number, text, grams);
    }

    public void Remove(int number, double longitude, double latitude)
    {
        if (_cells.TryGetValue(KeyOf(Column(longitude), Column(latitude)), out var cell))
        {
            cell.Remove(number);
        }
    }

    /// <summary>The cells that a circle may touch.</summary>
    public void Around(in TwinPlace place, List<PlaceCell> found)
    {
        found.Clear();
        var (high, wide) = (place.Metres / Degree, place.Metres / (Degree * Math.Max(0.01, Shrink(place.Latitude))));
        for (var row = Column(place.Latitude - high); row <= Column(place.Latitude + high); row++)
        {
            for (var column = Column(place.Longitude - wide); column <= Column(place.Longitude + wide); column++)
            {
                if (_cells.TryGetValue(KeyOf(column, row), out var cell))
                {
                    found.Add(cell);
                }
            }
        }
    }

    /// <summary>How much shorter a degree of longitude is than one of latitude.</summary>
    public static double Shrink(double latitude) => Math.Cos(latitude * Math.PI / 180);

    private static int Column(double degrees) => (int)Math.Floor(degrees / Cell);

    private static long KeyOf(int column, int row) => ((long)row << 32) | (uint)column;
}
