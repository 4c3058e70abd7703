using Linli.Kernel.Areas;
using NetTopologySuite.Geometries;

namespace Linli.HuguanAreas;

/// <summary>Degrees to metres around the county's middle and back: a linear map, so that straight lines stay straight.</summary>
internal static class Plane
{
    private const double MiddleLongitude = 113.39;
    private const double MiddleLatitude = 36.02;
    private const double MetresPerDegreeNorth = 110_950;
    private static readonly double MetresPerDegreeEast = 111_320 * Math.Cos(double.DegreesToRadians(MiddleLatitude));

    public static Coordinate ToMetres(double longitude, double latitude) =>
        new((longitude - MiddleLongitude) * MetresPerDegreeEast, (latitude - MiddleLatitude) * MetresPerDegreeNorth);

    public static Coordinate ToMetres(GeoPoint p) => ToMetres(p.Longitude, p.Latitude);

    /// <summary>Degrees with six decimals, which is 0.1 m.</summary>
    public static Coordinate ToDegrees(Coordinate metres)
    {
        var exact = ToDegreesExactly(metres);
        return new Coordinate(Math.Round(exact.X, 6), Math.Round(exact.Y, 6));
    }

    public static Coordinate ToDegreesExactly(Coordinate metres) =>
        new(MiddleLongitude + metres.X / MetresPerDegreeEast, MiddleLatitude + metres.Y / MetresPerDegreeNorth);

    public static GeoPoint Wgs84OfGcj02(double longitude, double latitude)
    {
        var exact = Linli.Kernel.Areas.Coordinates.ToWgs84(new GeoPoint(longitude, latitude), CoordinateSystem.Gcj02);
        return new GeoPoint(Math.Round(exact.Longitude, 6), Math.Round(exact.Latitude, 6));
    }
}

/// <summary>SplitMix64: the same sequence on every machine and runtime, so that the data can be made again.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>In [0, 1).</summary>
    public double Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
