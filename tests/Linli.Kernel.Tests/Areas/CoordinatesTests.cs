using FsCheck;
using FsCheck.Fluent;
using Linli.Kernel.Areas;

namespace Linli.Kernel.Tests.Areas;

public sealed class CoordinatesTests
{
    private const double HalfAMetre = 0.5;

    // Points of the publicly known formulas, as the map libraries' own tests have them.
    [Theory]
    [InlineData(121.5272106, 31.1774276, 121.531541859215, 31.17530398364597)] // Shanghai
    [InlineData(113.912316, 22.543847, 113.9171764808363, 22.540796131694766)] // Shenzhen
    [InlineData(116.377817, 39.911954, 116.38404722455657, 39.91334545536069)] // Beijing
    public void Gcj02_is_what_the_map_providers_compute(double longitude, double latitude, double gcjLongitude, double gcjLatitude)
    {
        var gcj = Coordinates.Convert(new GeoPoint(longitude, latitude), CoordinateSystem.Wgs84, CoordinateSystem.Gcj02);
        Assert.Equal(gcjLongitude, gcj.Longitude, 1e-6);
        Assert.Equal(gcjLatitude, gcj.Latitude, 1e-6);
    }

    [Fact]
    public void Bd09_is_what_Baidu_computes()
    {
        var bd = Coordinates.Convert(new GeoPoint(116.404, 39.915), CoordinateSystem.Gcj02, CoordinateSystem.Bd09);
        Assert.Equal(116.41036949371029, bd.Longitude, 1e-9);
        Assert.Equal(39.92133699351022, bd.Latitude, 1e-9);
    }

    [Fact]
    public void Every_way_there_and_back_is_within_half_a_metre_anywhere_in_China() =>
        Prop.ForAll(InChina, start =>
        {
            foreach (var from in Enum.GetValues<CoordinateSystem>())
            {
                foreach (var to in Enum.GetValues<CoordinateSystem>())
                {
                    var back = Coordinates.Convert(Coordinates.Convert(start, from, to), to, from);
                    Assert.InRange(back.MetresTo(start), 0, HalfAMetre / 1000);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void The_way_over_Gcj02_is_the_same_as_the_direct_one() =>
        Prop.ForAll(InChina, start =>
        {
            var direct = Coordinates.Convert(start, CoordinateSystem.Bd09, CoordinateSystem.Wgs84);
            var byGcj = Coordinates.Convert(Coordinates.Convert(start, CoordinateSystem.Bd09, CoordinateSystem.Gcj02), CoordinateSystem.Gcj02, CoordinateSystem.Wgs84);
            Assert.InRange(direct.MetresTo(byGcj), 0, 0.001);
        }).QuickCheckThrowOnFailure();

    /// <summary>Every fifth of a degree from the Pamirs to the Ussuri and from Hainan to the Amur, a little off the round numbers.</summary>
    [Fact]
    public void Over_the_whole_of_China_the_way_back_is_within_half_a_metre_and_the_systems_are_0_to_2_kilometres_apart()
    {
        var (worst, farthest) = (0.0, 0.0);
        for (var longitude = 73.503; longitude < 135.1; longitude += 0.2)
        {
            for (var latitude = 18.107; latitude < 53.6; latitude += 0.2)
            {
                var start = new GeoPoint(longitude, latitude);
                foreach (var system in (CoordinateSystem[])[CoordinateSystem.Gcj02, CoordinateSystem.Bd09])
                {
                    var there = Coordinates.Convert(start, CoordinateSystem.Wgs84, system);
                    worst = Math.Max(worst, Coordinates.ToWgs84(there, system).MetresTo(start));
                    farthest = Math.Max(farthest, there.MetresTo(start));
                    Assert.NotEqual(start, there);
                }
            }
        }

        Assert.InRange(worst, 0, HalfAMetre / 1_000);
        Assert.InRange(farthest, 500, 2_000);
    }

    [Theory]
    [InlineData(2.35, 48.85)]
    [InlineData(-122.4, 37.8)]
    [InlineData(139.7, 35.7)]
    public void Outside_China_the_systems_are_the_same(double longitude, double latitude)
    {
        var here = new GeoPoint(longitude, latitude);
        Assert.Equal(here, Coordinates.ToWgs84(here, CoordinateSystem.Gcj02));
        Assert.Equal(here, Coordinates.ToWgs84(here, CoordinateSystem.Bd09));
    }

    [Fact]
    public void A_degree_of_latitude_is_111_kilometres() =>
        Assert.Equal(111_195, new GeoPoint(113, 36).MetresTo(new GeoPoint(113, 37)), 1.0);

    private static Arbitrary<GeoPoint> InChina => (
        from longitude in Gen.Choose(73_600_000, 135_000_000)
        from latitude in Gen.Choose(18_200_000, 53_500_000)
        select new GeoPoint(longitude / 1e6, latitude / 1e6)).ToArbitrary();
}
