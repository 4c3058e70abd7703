using System.Collections.Frozen;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.IO;

namespace Linli.Kernel.Areas;

/// <summary>
/// Everything that is asked about areas, in memory: the tree of divisions and the index from points to cells.
/// Immutable, so a reader never sees half a change; <see cref="AreaMaps"/> hands out the current one. All coordinates are WGS 84.
/// </summary>
public sealed class AreaMap
{
    public static AreaMap Empty { get; } = new([]);

    private readonly FrozenDictionary<string, AreaNode> _byCode;
    private readonly FrozenDictionary<string, AreaNode[]> _children;

    // Those with a boundary: deepest level first, then by code, which decides who gets a shared border.
    private readonly AreaNode[] _bounded;
    private readonly AreaShape[] _shapes;
    private readonly FrozenDictionary<string, AreaShape> _shapeByCode;
    private readonly Lazy<AreaRaster> _raster;
    private readonly Lazy<AreaSearch> _search;

    private AreaMap(IReadOnlyList<(AreaNode Node, Geometry? Boundary)> areas)
    {
        _byCode = areas.ToFrozenDictionary(a => a.Node.Code, a => a.Node);
        All = [.. areas.Select(a => a.Node).Where(n => n.EndedOn is null).OrderBy(n => n.Code, StringComparer.Ordinal)];
        _children = All.Where(n => n.ParentCode is not null).GroupBy(n => n.ParentCode!).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        Roots = [.. All.Where(n => n.ParentCode is null || !_byCode.ContainsKey(n.ParentCode))];
        var bounded = areas.Where(a => a.Boundary is not null && a.Node.EndedOn is null)
            .OrderByDescending(a => a.Node.Level).ThenBy(a => a.Node.Code, StringComparer.Ordinal).ToList();
        _bounded = [.. bounded.Select(a => a.Node)];
        _shapes = [.. bounded.Select(a => new AreaShape(a.Boundary!))];
        _shapeByCode = _bounded.Zip(_shapes).ToFrozenDictionary(p => p.First.Code, p => p.Second);
        _raster = new(() => new AreaRaster(_shapes));
        _search = new(() => new AreaSearch(this));
    }

    /// <summary>Areas that exist, by code.</summary>
    public IReadOnlyList<AreaNode> All { get; }

    /// <summary>The top: usually the county.</summary>
    public IReadOnlyList<AreaNode> Roots { get; }

    /// <summary>The same for the same areas, on every instance and after every start; another one when anything changed.</summary>
    public string Version { get; private init; } = "0";

    public AreaSearch Search => _search.Value;

    /// <exception cref="ArgumentException">A boundary is not a polygon or multipolygon; the import refuses such.</exception>
    public static AreaMap Build(IReadOnlyCollection<Area> areas)
    {
        var reader = new WKBReader();
        var version = $"{areas.Count:x}-{areas.Select(a => a.ChangedAt.UtcTicks).DefaultIfEmpty(0).Max():x}";
        return new AreaMap([.. areas.Select(a => (new AreaNode(
            a.Code, a.ParentCode, a.Level, a.Name, a.NameEn, a.FullName,
            a is { Longitude: { } longitude, Latitude: { } latitude } ? new GeoPoint(longitude, latitude) : null,
            a.Boundary is not null, a.IsDemoShape, a.Source, a.EndedOn), a.Boundary is null ? null : reader.Read(a.Boundary)))]) { Version = version };
    }

    /// <summary>Makes now what is otherwise made when it is first asked for; a province's 50 000 cells take seconds.</summary>
    public AreaMap Prepare()
    {
        _ = _raster.Value;
        return this;
    }

    /// <summary>Also one that has ended.</summary>
    public AreaNode? Find(string code) => _byCode.GetValueOrDefault(code);

    public IReadOnlyList<AreaNode> ChildrenOf(string code) => _children.GetValueOrDefault(code) ?? [];

    /// <summary>From the top down to the area itself; empty for an unknown code.</summary>
    public IReadOnlyList<AreaNode> PathTo(string code)
    {
        var path = new List<AreaNode>();
        for (var node = Find(code); node is not null; node = node.ParentCode is null ? null : Find(node.ParentCode))
        {
            path.Insert(0, node);
        }

        return path;
    }

    /// <summary>
    /// The deepest area that has the point: its grid, else its village, and so on; null outside of all.
    /// Borders belong to both sides, and of those the deepest with the lowest code is taken, always.
    /// </summary>
    public AreaNode? Locate(double longitude, double latitude) =>
        _raster.Value.Find(longitude, latitude) is var found and >= 0 ? _bounded[found] : null;

    public bool IsInsideJurisdiction(double longitude, double latitude) => Locate(longitude, latitude) is not null;

    /// <summary>Where the point is, or the area whose border (or point, for areas without a border) is nearest; null if there is none at all.</summary>
    public NearestArea? Nearest(double longitude, double latitude)
    {
        if (Locate(longitude, latitude) is { } inside)
        {
            return new NearestArea(inside, 0);
        }

        var here = new GeoPoint(longitude, latitude);
        var squeeze = Math.Cos(double.DegreesToRadians(latitude));
        var best = (Node: (AreaNode?)null, Point: default(GeoPoint), Squared: double.PositiveInfinity);
        for (var i = 0; i < _shapes.Length; i++)
        {
            if (_shapes[i].SquaredToBox(longitude, latitude, squeeze) < best.Squared
                && _shapes[i].NearestOnBorder(longitude, latitude, squeeze) is var near && near.Squared < best.Squared)
            {
                best = (_bounded[i], near.Point, near.Squared);
            }
        }

        foreach (var node in All.Where(n => !n.HasBoundary && n.Point is not null))
        {
            double east = (node.Point!.Value.Longitude - longitude) * squeeze, north = node.Point.Value.Latitude - latitude;
            if (east * east + north * north is var squared && squared < best.Squared)
            {
                best = (node, node.Point.Value, squared);
            }
        }

        return best.Node is null ? null : new NearestArea(best.Node, here.MetresTo(best.Point));
    }

    /// <summary>Areas of the level of which some part is no further away, by code.</summary>
    public IReadOnlyList<AreaNode> WithinRadius(GeoPoint centre, double metres, AreaLevel level)
    {
        var squeeze = Math.Cos(double.DegreesToRadians(centre.Latitude));

        // The box first, with room to spare: a degree of latitude is 111 km, and further north one of longitude is less than here.
        var degrees = metres / 110_000;
        return Select(level, shape => shape.SquaredToBox(centre.Longitude, centre.Latitude, squeeze) <= 2 * degrees * degrees && (shape.Covers(centre.Longitude, centre.Latitude)
            || centre.MetresTo(shape.NearestOnBorder(centre.Longitude, centre.Latitude, squeeze).Point) <= metres));
    }

    /// <summary>Areas of the level that have a point in common with the geometry, by code.</summary>
    public IReadOnlyList<AreaNode> Touching(Geometry geometry, AreaLevel level)
    {
        var prepared = PreparedGeometryFactory.Prepare(geometry);
        var box = geometry.EnvelopeInternal;
        return Select(level, shape => box.Intersects(new Envelope(shape.MinX, shape.MaxX, shape.MinY, shape.MaxY)) && prepared.Intersects(shape.ToGeometry()));
    }

    /// <summary>Null where none is known, and for areas that have ended.</summary>
    public Geometry? BoundaryOf(string code) => _shapeByCode.GetValueOrDefault(code)?.ToGeometry();

    /// <summary>Which shape wins by testing all of them: what <see cref="Locate"/> must agree with.</summary>
    internal AreaNode? LocateWithoutRaster(double longitude, double latitude) =>
        _raster.Value.FindWithoutRaster(longitude, latitude) is var found and >= 0 ? _bounded[found] : null;

    private List<AreaNode> Select(AreaLevel level, Func<AreaShape, bool> matches) =>
        [.. Enumerable.Range(0, _bounded.Length).Where(i => _bounded[i].Level == level && matches(_shapes[i])).Select(i => _bounded[i])];
}
