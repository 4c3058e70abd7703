using System.Text.Json;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Catalogue;

/// <summary>
/// Gives a catalogue from before reasons said how often they hold what the shipped one says of it. What the county wrote stays;
/// afterwards the catalogue has such values, so that a later one that leaves them out on purpose is left alone.
/// </summary>
public sealed class FillReasons(LinliDb db, TimeProvider time)
{
    /// <returns>How many reasons were completed or added.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var known = await db.Set<ReasonCode>().ToListAsync(cancellation);
        if (known.Count == 0 || known.Any(r => r.MaxTimes is not null || r.Kind == ReasonCode.Asked))
        {
            return 0;
        }

        var shipped = await ShippedAsync(cancellation);
        var byCode = shipped.ToDictionary(r => (r.Kind, r.Code));
        foreach (var reason in known)
        {
            if (byCode.GetValueOrDefault((reason.Kind, reason.Code)) is { } full)
            {
                reason.MaxTimes ??= full.MaxTimes;
                reason.MaxDays ??= full.MaxDays;
            }
        }

        // Only kinds that the old format did not have: a reason that a county has left out is not wanted there.
        db.AddRange(shipped.Where(r => known.All(k => k.Kind != r.Kind)));
        var filled = db.ChangeTracker.Entries<ReasonCode>().Count(e => e.State is EntityState.Added or EntityState.Modified);
        await db.CommitAsync(Act.BySystem("requests.fill-reasons", time.GetUtcNow()), cancellation);
        return filled;
    }

    /// <exception cref="InvalidOperationException">The shipped file is wrong: a bug of the build.</exception>
    private static async Task<List<ReasonCode>> ShippedAsync(CancellationToken cancellation)
    {
        var problems = new ImportProblems();
        await using var file = File.OpenRead(Path.Combine(ShippedData.Folder("catalogue"), CatalogueFiles.ReasonsName));
        var json = await CatalogueFiles.ReadJsonAsync(file, CatalogueFiles.ReasonsName, JsonValueKind.Object, problems, cancellation);
        var reasons = json is { } whole ? ReadEntries.Reasons(whole, problems) : [];
        return problems.Count == 0 ? reasons : throw new InvalidOperationException($"The shipped {CatalogueFiles.ReasonsName} is wrong.");
    }
}
