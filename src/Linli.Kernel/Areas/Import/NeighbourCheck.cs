using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Linli.Kernel.Areas;

/// <summary>Looks at the neighbours of every boundary that comes in, those included that are there already.</summary>
internal static class NeighbourCheck
{
    /// <returns>The boundaries as they are to be kept.</returns>
    public static List<AreaBoundary> Look(
        List<AreaRow> rows, List<AreaBoundary> boundaries, IReadOnlyDictionary<string, Area> known, List<BoundaryFinding> findings)
    {
        var (reader, writer) = (new WKBReader(), new WKBWriter());
        var incoming = boundaries.ToDictionary(b => b.Code);
        var inFile = rows.ToDictionary(r => r.Code);
        var shapes = new Dictionary<string, Geometry>();
        foreach (var area in known.Values.Where(a => a is { Boundary: not null, EndedOn: null } && !inFile.ContainsKey(a.Code)))
        {
            shapes[area.Code] = reader.Read(area.Boundary);
        }

        foreach (var boundary in boundaries.Where(b => inFile.ContainsKey(b.Code)))
        {
            shapes[boundary.Code] = reader.Read(boundary.Wkb);
        }

        var check = new BoundaryCheck(shapes, incoming.Keys.ToHashSet());
        var siblings = rows.Select(r => (r.Code, r.Parent, r.Level))
            .Concat(known.Values.Where(a => shapes.ContainsKey(a.Code) && !inFile.ContainsKey(a.Code)).Select(a => (a.Code, Parent: a.ParentCode, a.Level)))
            .Where(a => shapes.ContainsKey(a.Code)).GroupBy(a => (a.Parent, a.Level));
        foreach (var family in siblings.Where(f => f.Any(a => incoming.ContainsKey(a.Code))).OrderBy(f => f.Key.Level).ThenBy(f => f.Key.Parent, StringComparer.Ordinal))
        {
            check.Look(family.Key.Parent, [.. family.Select(a => a.Code)]);
        }

        findings.AddRange(check.Findings);

        var mended = check.Mended.ToDictionary(m => m.Code, m => m.Boundary);
        return [.. boundaries.Select(b => mended.TryGetValue(b.Code, out var shape) ? b with { Wkb = writer.Write(shape) } : b)];
    }
}
