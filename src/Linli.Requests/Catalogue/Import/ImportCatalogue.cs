using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Catalogue;

/// <summary>What an import did; rows of all four files together.</summary>
/// <param name="Retired">No longer in the files: inactive or ended, kept for old requests.</param>
public sealed record ImportedCatalogue(int Groups, int Types, int Reasons, int Responsibilities, int Added, int Changed, int Retired);

/// <summary>Brings the catalogue in from its four files: all of it in one transaction, or nothing with every wrong entry named. A second run changes nothing.</summary>
public sealed class ImportCatalogue(LinliDb db, CalendarsInForce calendars, TimeProvider time)
{
    /// <summary>Imports the four files of a folder, <c>data/catalogue</c> for instance.</summary>
    public async Task<Outcome<ImportedCatalogue>> ImportAsync(string folder, Actor actor, CancellationToken cancellation = default)
    {
        var files = CatalogueFiles.In(folder);
        if (!files.Succeeded)
        {
            return files.Failure;
        }

        using var open = files.Value;
        return await ImportAsync(open, actor, cancellation);
    }

    public async Task<Outcome<ImportedCatalogue>> ImportAsync(CatalogueFiles files, Actor actor, CancellationToken cancellation = default)
    {
        var problems = new ImportProblems();
        var draft = await CatalogueDraft.ReadAsync(files, (await calendars.GetAsync(cancellation)).All, problems, cancellation);
        var organisations = await db.Set<Organisation>().Where(o => o.IsActive).Select(o => new { o.Code, o.Id }).ToDictionaryAsync(o => o.Code, o => o.Id, cancellation);
        var areas = await db.Set<Area>().Where(a => a.EndedOn == null).Select(a => a.Code).ToHashSetAsync(cancellation);
        draft.Check(areas, organisations, problems);
        if (problems.Count > 0)
        {
            return problems.ToFailure();
        }

        var now = time.GetUtcNow();
        await new CatalogueMerge(db, DateOnly.FromDateTime(LocalTime.Of(now).DateTime)).ApplyAsync(draft, organisations, cancellation);
        var result = Count(draft);
        if (result.Added + result.Changed + result.Retired > 0)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await MoveRequestsAsync(db, cancellation);
            await db.CommitAsync(actor.Act("requests.import-catalogue", now), cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return result;
    }

    /// <summary>
    /// Requests carry the group and the sensitivity of their type, by which posts are asked whether they reach them. What was published of a type that nobody outside
    /// may see any more is on no public list from now on, and is again when that is taken back; what was reported as private stays so.
    /// </summary>
    internal static async Task MoveRequestsAsync(LinliDb db, CancellationToken cancellation)
    {
        foreach (var type in db.ChangeTracker.Entries<ServiceType>().Where(t => t.State == EntityState.Modified
            && (t.Property(p => p.GroupCode).IsModified || t.Property(p => p.IsSensitive).IsModified)).Select(t => t.Entity))
        {
            await db.Set<ServiceRequest>().Where(r => r.ServiceTypeCode == type.Code)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.GroupCode, type.GroupCode).SetProperty(r => r.IsSensitive, type.IsSensitive), cancellation);
        }

        foreach (var type in db.ChangeTracker.Entries<ServiceType>().Where(t => t.State == EntityState.Modified && t.Property(p => p.Visibility).IsModified).Select(t => t.Entity))
        {
            var isPrivate = type.Visibility == Visibility.Private;
            await db.Set<ServiceRequest>().Where(r => r.ServiceTypeCode == type.Code && (isPrivate ? r.Visibility != Visibility.Private : r.Visibility == Visibility.Private && r.IsPublished))
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Visibility, type.Visibility), cancellation);
        }
    }

    private ImportedCatalogue Count(CatalogueDraft draft)
    {
        var (added, changed, retired) = (0, 0, 0);
        foreach (var entry in db.ChangeTracker.Entries())
        {
            switch (entry.State)
            {
                case EntityState.Added:
                    added++;
                    break;
                case EntityState.Deleted:
                case EntityState.Modified when IsRetired(entry.Entity):
                    retired++;
                    break;
                case EntityState.Modified:
                    changed++;
                    break;
                default:
                    break;
            }
        }

        return new ImportedCatalogue(draft.Groups.Count, draft.Types.Count, draft.Reasons.Count, draft.Responsibilities.Count, added, changed, retired);
    }

    private static bool IsRetired(object row) => row switch
    {
        ServiceGroup group => !group.IsActive,
        ServiceType type => !type.IsActive,
        ReasonCode reason => !reason.IsActive,
        Responsibility line => line.Until is not null,
        _ => false,
    };
}
