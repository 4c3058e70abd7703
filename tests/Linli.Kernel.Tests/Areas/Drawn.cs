using Linli.Kernel.Areas;
using NetTopologySuite.IO;

namespace Linli.Kernel.Tests.Areas;

/// <summary>Areas drawn by hand for a test.</summary>
internal static class Drawn
{
    public static Area Area(string code, string? wkt, string? parent = null, GeoPoint? point = null) =>
        Area(code, wkt is null ? null : new WKBWriter().Write(new WKTReader().Read(wkt)), parent, point);

    public static Area Area(string code, byte[]? boundary, string? parent = null, GeoPoint? point = null) => new()
    {
        Code = code,
        ParentCode = parent,
        Level = Enum.GetValues<AreaLevel>().Single(l => AreaCode.LengthOf(l) == code.Length),
        Name = code,
        FullName = code,
        Boundary = boundary,
        Longitude = point?.Longitude,
        Latitude = point?.Latitude,
    };

    /// <summary>A rectangle with its corners.</summary>
    public static string Box(double x1, double y1, double x2, double y2) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"POLYGON(({x1} {y1}, {x2} {y1}, {x2} {y2}, {x1} {y2}, {x1} {y1}))");
}
