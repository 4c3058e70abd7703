using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Catalogue;

/// <summary>
/// Gives a catalogue from before groups had sectors those that the shipped one says of the same codes. Afterwards the catalogue has some,
/// so that a later one that leaves them out on purpose is left alone.
/// </summary>
public sealed class FillSectors(LinliDb db, TimeProvider time)
{
    /// <returns>How many groups and types were completed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var groups = await db.Set<ServiceGroup>().ToListAsync(cancellation);
        var types = await db.Set<ServiceType>().ToListAsync(cancellation);
        if (groups.Count == 0 || groups.Any(g => g.Sectors.Count > 0) || types.Any(t => t.Sectors is not null))
        {
            return 0;
        }

        var problems = new ImportProblems();
        using var files = CatalogueFiles.In(ShippedData.Folder("catalogue")).Value;
        var shippedGroups = ReadEntries.Groups(await ReadAsync(files.Groups, CatalogueFiles.GroupsName, problems, cancellation), problems).ToDictionary(g => g.Code);
        var shippedTypes = ReadEntries.Types(await ReadAsync(files.ServiceTypes, CatalogueFiles.ServiceTypesName, problems, cancellation), WorkCalendars.Shipped(), problems).ToDictionary(t => t.Code);
        foreach (var group in groups)
        {
            group.Sectors = shippedGroups.GetValueOrDefault(group.Code)?.Sectors ?? [];
        }

        foreach (var type in types)
        {
            type.Sectors = shippedTypes.GetValueOrDefault(type.Code)?.Sectors;
        }

        var filled = db.ChangeTracker.Entries().Count(e => e.State == EntityState.Modified);
        if (filled > 0)
        {
            await db.CommitAsync(Act.BySystem("requests.fill-sectors", time.GetUtcNow()), cancellation);
        }

        return filled;
    }

    private static async Task<JsonElement> ReadAsync(Stream file, string name, ImportProblems problems, CancellationToken cancellation) =>
        await CatalogueFiles.ReadJsonAsync(file, name, JsonValueKind.Array, problems, cancellation) ?? throw new InvalidOperationException($"The shipped {name} is wrong.");
}
