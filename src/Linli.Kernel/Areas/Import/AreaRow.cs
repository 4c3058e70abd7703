namespace Linli.Kernel.Areas;

/// <summary>One checked line of an area file.</summary>
/// <param name="Line">Counted from 1, the header is line 1.</param>
internal sealed record AreaRow(
    int Line, string Code, string? Parent, AreaLevel Level, string Name, string? NameEn, GeoPoint? Point, bool IsDemo, string? Source);

/// <summary>One checked boundary of a GeoJSON file, in WGS 84.</summary>
internal sealed record AreaBoundary(string Code, byte[] Wkb, bool IsDemo, string? Note);

/// <summary>Collects what is wrong with a file; the first hundred places are listed.</summary>
internal sealed class Problems
{
    private const int MostListed = 100;
    private readonly List<FieldProblem> _listed = [];

    public int Count { get; private set; }

    public void Add(string place, string message, params object[] values)
    {
        Count++;
        if (_listed.Count < MostListed)
        {
            _listed.Add(new FieldProblem(place, message, values));
        }
    }

    /// <summary>Wrong numbers, swapped, or outside China; null when all is well.</summary>
    public bool Accepts(GeoPoint point, string place)
    {
        if (!double.IsFinite(point.Longitude) || !double.IsFinite(point.Latitude))
        {
            Add(place, "经纬度不是数字。");
        }
        else if (Coordinates.IsInChina(point))
        {
            return true;
        }
        else if (Coordinates.IsInChina(new GeoPoint(point.Latitude, point.Longitude)))
        {
            Add(place, "经纬度 {0}, {1} 好像写反了：应先写经度，再写纬度。", point.Longitude, point.Latitude);
        }
        else
        {
            Add(place, "坐标 {0}, {1} 不在中国境内。", point.Longitude, point.Latitude);
        }

        return false;
    }

    public Failure ToFailure() => new Failure.Invalid(_listed);
}
