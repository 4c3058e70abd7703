using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Areas;

/// <summary>What to import.</summary>
/// <param name="Csv">code,parent,level,name,name_en,lon,lat,demo,source</param>
/// <param name="GeoJson">Boundaries by code; without it, boundaries stay as they are.</param>
/// <param name="System">The coordinate system of both; stored is WGS 84.</param>
/// <param name="AcceptsOverlaps">Neighbours may overlap: the lower code has the points.</param>
/// <param name="IsDryRun">Says what would happen and writes nothing.</param>
public sealed record AreaFiles(Stream Csv, Stream? GeoJson = null, CoordinateSystem System = CoordinateSystem.Wgs84, bool AcceptsOverlaps = false, bool IsDryRun = false);

/// <summary>What an import did.</summary>
/// <param name="Ended">Divisions under the file's top that the file no longer has; kept, because old requests point at them.</param>
/// <param name="Unmatched">Codes of boundaries that no area has.</param>
/// <param name="Astray">Codes of areas whose point lies outside their own boundary.</param>
/// <param name="Findings">What was wrong in boundaries and where: mended, accepted, or left as it is.</param>
public sealed record ImportedAreas(int Added, int Changed, int Ended, int Unchanged, IReadOnlyList<string> Unmatched, IReadOnlyList<string> Astray, IReadOnlyList<FieldProblem> Findings);

/// <summary>Brings areas in from a table and a boundary file: all of it in one transaction, or nothing with every wrong place named. A second run changes nothing.</summary>
public sealed class ImportAreas(LinliDb db, AreaMaps maps, TimeProvider clock)
{
    public async Task<Outcome<ImportedAreas>> ImportAsync(AreaFiles files, Actor actor, CancellationToken cancellation = default)
    {
        var problems = new Problems();
        var rows = AreaCsv.Read(files.Csv, files.System, problems);
        var findings = new List<BoundaryFinding>();
        var boundaries = files.GeoJson is null ? null : await AreaGeoJson.ReadAsync(files.GeoJson, files.System, problems, findings, cancellation);
        var known = await db.Set<Area>().ToDictionaryAsync(a => a.Code, cancellation);
        CheckTree(rows, known, problems);
        foreach (var twice in (boundaries ?? []).CountBy(b => b.Code).Where(c => c.Value > 1))
        {
            problems.Add($"geojson:{twice.Key}", "{0} 的边界出现了 {1} 次。", twice.Key, twice.Value);
        }

        if (rows.Count == 0 && problems.Count == 0)
        {
            problems.Add("csv", "文件中没有区域。");
        }

        if (problems.Count == 0 && boundaries is not null)
        {
            boundaries = NeighbourCheck.Look(rows, boundaries, known, findings);
            findings.Where(f => f is { Fault: BoundaryFault.Overlap, IsMended: false, SquareMetres: > BoundaryFinding.Sliver } && !files.AcceptsOverlaps).ToList().ForEach(f => problems.Add(f.Describe(NameOf)));
        }

        if (problems.Count > 0)
        {
            return Forget(problems.ToFailure());
        }

        var merge = new AreaMerge(known, clock.GetUtcNow());
        merge.Apply(rows, boundaries?.ToDictionary(b => b.Code));
        var result = merge.Result(boundaries ?? [], [.. findings.Select(f => f.Describe(NameOf))]);
        if (files.IsDryRun)
        {
            db.ChangeTracker.Clear();
            return result;
        }

        if (result.Added + result.Changed + result.Ended > 0)
        {
            db.AddRange(merge.New);
            await db.CommitAsync(actor.Act("areas.import", clock.GetUtcNow(), rows.MinBy(r => r.Code.Length)!.Code), cancellation);
            await maps.ReloadAsync(cancellation);
        }

        return result;

        string NameOf(string code) => (rows.Find(r => r.Code == code)?.Name ?? known.GetValueOrDefault(code)?.Name) is { } name ? $"{code} {name}" : code;
    }

    private static void CheckTree(List<AreaRow> rows, Dictionary<string, Area> known, Problems problems)
    {
        var inFile = rows.CountBy(r => r.Code).ToDictionary();
        foreach (var row in rows)
        {
            if (inFile[row.Code] > 1)
            {
                problems.Add($"csv:{row.Line}:code", "第 {0} 行：代码“{1}”重复。", row.Line, row.Code);
            }

            if (row.Parent is not null && !inFile.ContainsKey(row.Parent) && !known.ContainsKey(row.Parent))
            {
                problems.Add($"csv:{row.Line}:parent", "第 {0} 行：没有上级区域“{1}”。", row.Line, row.Parent);
            }
            else if (row.Parent is not null && (row.Parent.Length >= row.Code.Length || !AreaCode.IsWithin(row.Code, row.Parent)))
            {
                problems.Add($"csv:{row.Line}:parent", "第 {0} 行：代码“{1}”应以上级代码“{2}”开头。", row.Line, row.Code, row.Parent);
            }
        }
    }

    /// <summary>The rows were loaded to be changed; a refusal must not leave them to the next commit.</summary>
    private Failure Forget(Failure failure)
    {
        db.ChangeTracker.Clear();
        return failure;
    }
}
