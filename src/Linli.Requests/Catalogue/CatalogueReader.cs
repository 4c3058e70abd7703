using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Catalogue;

/// <summary>Reads the catalogue. Unknown codes of types that are in use are a bug, so they throw.</summary>
internal sealed class CatalogueReader(LinliDb db)
{
    public async Task<ServiceType> TypeAsync(string code, CancellationToken cancellation) =>
        await FindTypeAsync(code, cancellation) ?? throw new InvalidOperationException($"The catalogue has no service type {code}.");

    public Task<ServiceType?> FindTypeAsync(string? code, CancellationToken cancellation) =>
        db.Set<ServiceType>().AsNoTracking().SingleOrDefaultAsync(t => t.Code == code, cancellation);

    /// <summary>The reasons in use of one kind, in their order.</summary>
    public async Task<IReadOnlyList<ReasonCode>> ReasonsAsync(string kind, CancellationToken cancellation) =>
        await db.Set<ReasonCode>().AsNoTracking().Where(r => r.Kind == kind && r.IsActive).OrderBy(r => r.Order).ToListAsync(cancellation);
}
