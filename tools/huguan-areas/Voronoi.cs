using NetTopologySuite.Geometries;
using NetTopologySuite.Triangulate;

namespace Linli.HuguanAreas;

internal static class Voronoi
{
    /// <summary>The cell of each site, in the sites' order, not clipped; the frame reaches 50 km beyond the sites.</summary>
    public static Geometry[] Cells(IReadOnlyList<Coordinate> sites)
    {
        var frame = new Envelope(sites);
        frame.ExpandBy(50_000);
        if (sites.Count == 1)
        {
            return [GeometryFactory.Default.ToGeometry(frame)];
        }

        var builder = new VoronoiDiagramBuilder { ClipEnvelope = frame };
        builder.SetSites([.. sites]);
        var bySite = builder.GetDiagram(GeometryFactory.Default).Geometries.ToDictionary(cell => (Coordinate)cell.UserData);
        return [.. sites.Select(site => bySite[site])];
    }

    /// <summary>
    /// Spreads the free sites: each round moves every free site to the middle of its own cell inside <paramref name="within"/>
    /// (Lloyd's relaxation). A few rounds keep the irregularity of real settlements.
    /// </summary>
    public static void Relax(IReadOnlyList<Coordinate> fixedSites, Coordinate[] freeSites, Geometry within, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var cells = Cells([.. fixedSites, .. freeSites]);
            for (var i = 0; i < freeSites.Length; i++)
            {
                var own = cells[fixedSites.Count + i].Intersection(within);
                var middle = own.Centroid;
                freeSites[i] = (own.Contains(middle) ? middle : own.InteriorPoint).Coordinate;
            }
        }
    }
}
