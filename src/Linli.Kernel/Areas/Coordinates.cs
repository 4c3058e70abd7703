namespace Linli.Kernel.Areas;

/// <summary>Which datum a pair of numbers is given in.</summary>
public enum CoordinateSystem
{
    /// <summary>GPS and OpenStreetMap; what Linli stores (RFC 7946 order: longitude, latitude).</summary>
    Wgs84,

    /// <summary>WeChat, AMap, Tencent: the obfuscated Chinese datum, up to 700 m off.</summary>
    Gcj02,

    /// <summary>Baidu: GCJ-02 shifted once more.</summary>
    Bd09,
}

/// <summary>A point on Earth in degrees.</summary>
public readonly record struct GeoPoint(double Longitude, double Latitude)
{
    /// <summary>Great-circle distance in metres on a sphere of the mean radius; within 0.5 % of the ellipsoid.</summary>
    public double MetresTo(GeoPoint other)
    {
        const double radius = 6_371_008.8;
        var sinLatitude = Math.Sin(double.DegreesToRadians(other.Latitude - Latitude) / 2);
        var sinLongitude = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        var h = sinLatitude * sinLatitude
            + Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude)) * sinLongitude * sinLongitude;
        return 2 * radius * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }
}

/// <summary>
/// Conversions between the three coordinate systems that are met in China. The forward formulas are the published
/// approximations that every map library uses; the ways back are found by iteration, exact to far below a millimetre
/// instead of the usual one-step guess that is metres off. Outside China the systems coincide.
/// </summary>
public static class Coordinates
{
    // Krassovsky 1940 ellipsoid, on which GCJ-02's offsets are defined.
    private const double SemiMajorAxis = 6_378_245.0;
    private const double EccentricitySquared = 0.006_693_421_622_965_943;
    private const double BaiduPi = Math.PI * 3000 / 180;
    private const int MostSteps = 12;
    private const double SmallEnough = 1e-11;

    public static GeoPoint ToWgs84(GeoPoint position, CoordinateSystem from) => Convert(position, from, CoordinateSystem.Wgs84);

    public static GeoPoint Convert(GeoPoint position, CoordinateSystem from, CoordinateSystem to) => (from, to) switch
    {
        _ when from == to => position,
        (CoordinateSystem.Wgs84, CoordinateSystem.Gcj02) => Gcj02FromWgs84(position),
        (CoordinateSystem.Gcj02, CoordinateSystem.Wgs84) => Invert(position, Gcj02FromWgs84),
        (CoordinateSystem.Gcj02, CoordinateSystem.Bd09) => Bd09FromGcj02(position),
        (CoordinateSystem.Bd09, CoordinateSystem.Gcj02) => Invert(position, Bd09FromGcj02),
        (CoordinateSystem.Wgs84, CoordinateSystem.Bd09) => Bd09FromGcj02(Gcj02FromWgs84(position)),
        _ => Invert(Invert(position, Bd09FromGcj02), Gcj02FromWgs84),
    };

    /// <summary>The rough box in which GCJ-02 is defined; the same one that map providers use.</summary>
    public static bool IsInChina(GeoPoint p) => p.Longitude is >= 72.004 and <= 137.8347 && p.Latitude is >= 0.8293 and <= 55.8271;

    /// <summary>Not numbers, swapped, or not in China; null when all is well. Whatever comes from outside goes through this.</summary>
    public static FieldProblem? ProblemWith(GeoPoint p, string field) =>
        !double.IsFinite(p.Longitude) || !double.IsFinite(p.Latitude) ? new(field, "经纬度不是数字。")
        : IsInChina(p) ? null
        : IsInChina(new GeoPoint(p.Latitude, p.Longitude)) ? new(field, "经纬度 {0}, {1} 好像写反了：应先写经度，再写纬度。", p.Longitude, p.Latitude)
        : new(field, "坐标 {0}, {1} 不在中国境内。", p.Longitude, p.Latitude);

    private static GeoPoint Gcj02FromWgs84(GeoPoint p)
    {
        if (!IsInChina(p))
        {
            return p;
        }

        double x = p.Longitude - 105, y = p.Latitude - 35;
        var ripple = (20 * Math.Sin(6 * x * Math.PI) + 20 * Math.Sin(2 * x * Math.PI)) * 2 / 3;
        var north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.Sqrt(Math.Abs(x)) + ripple
            + (20 * Math.Sin(y * Math.PI) + 40 * Math.Sin(y / 3 * Math.PI)) * 2 / 3
            + (160 * Math.Sin(y / 12 * Math.PI) + 320 * Math.Sin(y * Math.PI / 30)) * 2 / 3;
        var east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.Sqrt(Math.Abs(x)) + ripple
            + (20 * Math.Sin(x * Math.PI) + 40 * Math.Sin(x / 3 * Math.PI)) * 2 / 3
            + (150 * Math.Sin(x / 12 * Math.PI) + 300 * Math.Sin(x / 30 * Math.PI)) * 2 / 3;

        var latitude = double.DegreesToRadians(p.Latitude);
        var magic = 1 - EccentricitySquared * Math.Sin(latitude) * Math.Sin(latitude);
        var metresPerRadianNorth = SemiMajorAxis * (1 - EccentricitySquared) / (magic * Math.Sqrt(magic));
        var metresPerRadianEast = SemiMajorAxis / Math.Sqrt(magic) * Math.Cos(latitude);
        return new GeoPoint(
            p.Longitude + double.RadiansToDegrees(east / metresPerRadianEast),
            p.Latitude + double.RadiansToDegrees(north / metresPerRadianNorth));
    }

    private static GeoPoint Bd09FromGcj02(GeoPoint p)
    {
        if (!IsInChina(p))
        {
            return p;
        }

        var radius = Math.Sqrt(p.Longitude * p.Longitude + p.Latitude * p.Latitude) + 0.000_02 * Math.Sin(p.Latitude * BaiduPi);
        var angle = Math.Atan2(p.Latitude, p.Longitude) + 0.000_003 * Math.Cos(p.Longitude * BaiduPi);
        return new GeoPoint(radius * Math.Cos(angle) + 0.0065, radius * Math.Sin(angle) + 0.006);
    }

    /// <summary>Both offsets change by less than 1 % of the way walked, so each step gains at least two digits.</summary>
    private static GeoPoint Invert(GeoPoint target, Func<GeoPoint, GeoPoint> forward)
    {
        var guess = target;
        for (var step = 0; step < MostSteps; step++)
        {
            var there = forward(guess);
            double east = target.Longitude - there.Longitude, north = target.Latitude - there.Latitude;
            guess = new GeoPoint(guess.Longitude + east, guess.Latitude + north);
            if (Math.Abs(east) < SmallEnough && Math.Abs(north) < SmallEnough)
            {
                break;
            }
        }

        return guess;
    }
}
