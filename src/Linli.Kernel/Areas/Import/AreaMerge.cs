using NetTopologySuite.IO;

namespace Linli.Kernel.Areas;

/// <summary>Lays checked rows over the areas that are there and counts what really changes.</summary>
internal sealed class AreaMerge(Dictionary<string, Area> areas, DateTimeOffset now)
{
    private const int LongestSource = 400;
    private readonly HashSet<string> _seen = [];
    private int _changed, _ended;

    public List<Area> New { get; } = [];

    public void Apply(IReadOnlyList<AreaRow> rows, IReadOnlyDictionary<string, AreaBoundary>? boundaries)
    {
        // Parents first, because the full name is put together on the way down.
        foreach (var row in rows.OrderBy(r => r.Code.Length))
        {
            _seen.Add(row.Code);
            Lay(row, boundaries);
        }

        EndWhatVanished(rows);
    }

    public ImportedAreas Result(IReadOnlyList<AreaBoundary> boundaries, IReadOnlyList<FieldProblem> findings) => new(
        New.Count, _changed, _ended, _seen.Count - New.Count - _changed,
        [.. boundaries.Select(b => b.Code).Where(code => !areas.ContainsKey(code)).Order(StringComparer.Ordinal)],
        [.. _seen.Where(code => IsAstray(areas[code])).Order(StringComparer.Ordinal)], findings);

    private void Lay(AreaRow row, IReadOnlyDictionary<string, AreaBoundary>? boundaries)
    {
        var fullName = (row.Parent is null ? "" : areas[row.Parent].FullName) + row.Name;
        var isNew = !areas.TryGetValue(row.Code, out var area);
        if (area is null)
        {
            area = new Area { Code = row.Code, Level = row.Level, Name = row.Name, FullName = fullName, ChangedAt = now };
            areas.Add(row.Code, area);
            New.Add(area);
        }

        var before = Fields(area);
        var boundary = boundaries?.GetValueOrDefault(row.Code);
        (area.ParentCode, area.Level, area.Name, area.NameEn, area.FullName) = (row.Parent, row.Level, row.Name, row.NameEn, fullName);
        (area.Longitude, area.Latitude) = (row.Point?.Longitude, row.Point?.Latitude);
        area.EndedOn = null;
        if (boundaries is not null)
        {
            area.Source = SourceOf(row, boundary);
            area.IsDemoShape = row.IsDemo || boundary is { IsDemo: true };
            if (!(area.Boundary ?? []).AsSpan().SequenceEqual(boundary?.Wkb ?? []))
            {
                area.Boundary = boundary?.Wkb;
            }
        }
        else if (area.Boundary is null)
        {
            (area.Source, area.IsDemoShape) = (row.Source, row.IsDemo);
        }

        if (!isNew && before != Fields(area))
        {
            area.ChangedAt = now;
            _changed++;
        }
    }

    private static string? SourceOf(AreaRow row, AreaBoundary? boundary)
    {
        var source = boundary?.Note is null || boundary.Note == row.Source ? row.Source : row.Source is null ? boundary.Note : $"{row.Source}；{boundary.Note}";
        return source?[..Math.Min(source.Length, LongestSource)];
    }

    /// <summary>Below the tops of the file only: a file of one town ends nothing in the others.</summary>
    private void EndWhatVanished(IReadOnlyList<AreaRow> rows)
    {
        var tops = rows.Where(r => r.Parent is null || !_seen.Contains(r.Parent)).Select(r => r.Code).ToList();
        var today = DateOnly.FromDateTime(now.UtcDateTime.AddHours(8)); // China has one time zone
        foreach (var area in areas.Values.Where(a => a.EndedOn is null && !_seen.Contains(a.Code) && tops.Any(t => AreaCode.IsWithin(a.Code, t))))
        {
            (area.EndedOn, area.ChangedAt) = (today, now);
            _ended++;
        }
    }

    private static bool IsAstray(Area area) =>
        area is { Boundary: not null, Longitude: { } x, Latitude: { } y } && !new AreaShape(new WKBReader().Read(area.Boundary)).Covers(x, y);

    /// <summary>Everything that an import can change. The boundary by reference: it is replaced only when its bytes differ.</summary>
    private static (string?, AreaLevel, string, string?, string, double?, double?, string?, bool, DateOnly?, byte[]?) Fields(Area a) =>
        (a.ParentCode, a.Level, a.Name, a.NameEn, a.FullName, a.Longitude, a.Latitude, a.Source, a.IsDemoShape, a.EndedOn, a.Boundary);
}
