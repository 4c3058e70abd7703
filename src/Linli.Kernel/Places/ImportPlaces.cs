using Linli.Kernel.Areas;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Kernel.Places;

/// <summary>What an import did, or would do.</summary>
public sealed record ImportedPlaces(int Added, int Changed, int Removed, int Unchanged);

/// <summary>
/// Makes the named places what a table says: all of it in one transaction, or nothing with every wrong line named. What the table no
/// longer has goes: the table is what is edited. A second run changes nothing.
/// </summary>
public sealed class ImportPlaces(LinliDb db, Gazetteers gazetteers, TimeProvider time)
{
    /// <param name="csv">UTF-8; columns as in <see cref="PlaceCsv"/>.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="system">Of lon and lat; stored is WGS 84.</param>
    /// <param name="isDryRun">Says what would happen and writes nothing.</param>
    public async Task<Outcome<ImportedPlaces>> ImportAsync(
        Stream csv, string file, CoordinateSystem system, bool isDryRun, Actor actor, CancellationToken cancellation = default)
    {
        var problems = new ImportProblems();
        var rows = PlaceCsv.Read(csv, file, system, problems);
        var areas = await db.Set<Area>().Where(a => a.EndedOn == null).Select(a => a.Code).ToHashSetAsync(cancellation);
        foreach (var row in rows.Where(r => !areas.Contains(r.Area)))
        {
            problems.Add($"{row.Line} › area", "没有代码为“{0}”的区域。请先导入区域。", row.Area);
        }

        foreach (var twice in rows.GroupBy(r => (r.Name, r.Area)).Where(g => g.Count() > 1))
        {
            problems.Add($"{twice.Last().Line} › name", "“{0}”在同一区域出现了 {1} 次。", twice.Key.Name, twice.Count());
        }

        if (rows.Count == 0 && problems.Count == 0)
        {
            problems.Add(file, "文件中没有地名。");
        }

        if (problems.Count > 0)
        {
            return problems.ToFailure();
        }

        var result = Apply(rows, await db.Set<NamedPlace>().ToDictionaryAsync(p => (p.Name, p.AreaCode), cancellation));
        if (isDryRun || result.Added + result.Changed + result.Removed == 0)
        {
            db.ChangeTracker.Clear(); // what was only looked at must not go with the next commit
            return result;
        }

        await db.CommitAsync(actor.Act("places.import", time.GetUtcNow(), file), cancellation);
        gazetteers.LookAgain();
        return result;
    }

    private ImportedPlaces Apply(List<PlaceRow> rows, Dictionary<(string, string), NamedPlace> known)
    {
        var (added, changed, now) = (0, 0, time.GetUtcNow());
        foreach (var row in rows)
        {
            if (!known.Remove((row.Name, row.Area), out var place))
            {
                place = new NamedPlace { Name = row.Name, AreaCode = row.Area, Kind = row.Kind, ChangedAt = now };
                db.Add(place);
                added++;
            }

            (place.Kind, place.Longitude, place.Latitude, place.IsDemo, place.Source) = (row.Kind, row.Point?.Longitude, row.Point?.Latitude, row.IsDemo, row.Source);
            if (db.Entry(place).State == EntityState.Modified)
            {
                place.ChangedAt = now;
                changed++;
            }
        }

        db.RemoveRange(known.Values);
        return new ImportedPlaces(added, changed, known.Count, rows.Count - added - changed);
    }
}

public static class PlaceServices
{
    public static IServiceCollection AddPlaces(this IServiceCollection services) => services.AddSingleton<Gazetteers>().AddScoped<ImportPlaces>();
}
