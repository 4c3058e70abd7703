using NetTopologySuite.Geometries;

namespace Linli.HuguanAreas;

/// <summary>
/// Which invented point gets which name. Twins such as 东牢 and 西牢 become neighbours on the sides that their names say;
/// the rest follow the order of their codes, each next to the one before, as such lists are usually made.
/// </summary>
internal static class Naming
{
    public static IEnumerable<(Division Village, Coordinate Site)> Assign(IReadOnlyList<Division> villages, IEnumerable<Coordinate> sites, Coordinate seat)
    {
        var free = sites.ToList();
        var left = villages.ToList();
        foreach (var (first, second, isEastWest) in Twins(villages).ToList())
        {
            var (a, b) = ClosestPair(free, isEastWest);
            free.Remove(a);
            free.Remove(b);
            left.Remove(first);
            left.Remove(second);
            yield return (first, a);
            yield return (second, b);
        }

        var last = seat;
        foreach (var village in left)
        {
            var site = free.MinBy(s => s.Distance(last))!;
            free.Remove(site);
            last = site;
            yield return (village, site);
        }
    }

    /// <summary>East or south first.</summary>
    private static IEnumerable<(Division First, Division Second, bool IsEastWest)> Twins(IReadOnlyList<Division> villages)
    {
        foreach (var (one, other, isEastWest) in new[] { ('东', '西', true), ('南', '北', false), ('大', '小', true), ('老', '小', true) })
        {
            foreach (var first in villages.Where(v => v.Stem.Contains(one)))
            {
                var second = villages.FirstOrDefault(v => v.Stem == first.Stem.Replace(one, other));
                if (second is not null)
                {
                    yield return (first, second, isEastWest);
                }
            }
        }
    }

    private static (Coordinate First, Coordinate Second) ClosestPair(List<Coordinate> sites, bool isEastWest) => (
        from a in sites
        from b in sites
        where isEastWest ? a.X - b.X > Math.Abs(a.Y - b.Y) : b.Y - a.Y > Math.Abs(a.X - b.X)
        orderby a.Distance(b)
        select (a, b)).First();
}
