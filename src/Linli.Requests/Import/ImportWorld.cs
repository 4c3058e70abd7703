using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Requests.Catalogue;
using Linli.Requests.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Import;

/// <summary>What an import compares its rows with, read once.</summary>
internal sealed record ImportWorld(
    IReadOnlyDictionary<string, ServiceType> Types, IReadOnlyDictionary<string, string> TypeByName, TypeSuggester Suggestions,
    IReadOnlyDictionary<string, Area> Areas, IReadOnlyDictionary<string, string> AreaByName,
    Dictionary<string, Guid> Organisations, IReadOnlySet<string> Known)
{
    public static async Task<ImportWorld> LoadAsync(LinliDb db, CatalogueReader catalogue, SuggestionSource suggestions, string source, CancellationToken cancellation)
    {
        var offered = await catalogue.NowAsync(cancellation);
        var areas = await db.Set<Area>().AsNoTracking().Where(a => a.EndedOn == null)
            .Select(a => new Area { Code = a.Code, Level = a.Level, Name = a.Name, FullName = a.FullName }).ToListAsync(cancellation);
        var organisations = await db.Set<Organisation>().AsNoTracking().OrderBy(o => o.Code).Select(o => new { o.Id, o.Name, o.ShortName }).ToListAsync(cancellation);
        var known = await db.Set<ServiceRequest>().Where(r => r.ExternalSource == source && r.ExternalId != null).Select(r => r.ExternalId!).ToListAsync(cancellation);
        return new ImportWorld(
            offered.Types.ToDictionary(t => t.Code), Unambiguous(offered.Types.Select(t => (t.NameZh, t.Code))), await suggestions.NowAsync(cancellation),
            areas.ToDictionary(a => a.Code),
            Unambiguous([.. areas.Select(a => (a.FullName, a.Code)), .. areas.Select(a => (a.Name, a.Code)), .. areas.Select(a => (a.Code, a.Code))]),
            organisations.SelectMany(o => new[] { (o.Name, o.Id), (Name: o.ShortName ?? o.Name, o.Id) }).DistinctBy(o => o.Name).ToDictionary(o => o.Name, o => o.Id),
            known.ToHashSet());
    }

    /// <summary>A name that two places bear says nothing: 东街村 is in many towns.</summary>
    private static Dictionary<string, string> Unambiguous(IEnumerable<(string Name, string Code)> names) =>
        names.Distinct().GroupBy(n => n.Name).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single().Code);
}
