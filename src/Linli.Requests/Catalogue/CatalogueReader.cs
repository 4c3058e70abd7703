using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Shell.Clients;

namespace Linli.Requests.Catalogue;

/// <summary>Reads the catalogue as it is now: one small query to see whether it changed, the rest from memory.</summary>
internal sealed class CatalogueReader(LinliDb db, CatalogueShelf shelf) : IServiceTypeNames
{
    public Task<CatalogueSnapshot> NowAsync(CancellationToken cancellation) => shelf.TakeAsync(db, cancellation);

    async Task<IReadOnlyList<(string Code, Wording Name)>> IServiceTypeNames.AllAsync(CancellationToken cancellation) =>
        [.. (await NowAsync(cancellation)).Types.Select(t => (t.Code, new Wording(t.NameZh, t.NameEn)))];

    /// <summary>The type of a request. An unknown code of one that is in use is a bug, so it throws.</summary>
    public async Task<ServiceType> TypeAsync(string code, CancellationToken cancellation) =>
        await FindTypeAsync(code, cancellation) ?? throw new InvalidOperationException($"The catalogue has no service type {code}.");

    /// <summary>Also types that are no longer in use; see <see cref="ServiceType.IsActive"/>.</summary>
    public async Task<ServiceType?> FindTypeAsync(string? code, CancellationToken cancellation) => (await NowAsync(cancellation)).Type(code);

    /// <summary>The reasons in use of one kind, in their order.</summary>
    public async Task<IReadOnlyList<ReasonCode>> ReasonsAsync(string kind, CancellationToken cancellation) => (await NowAsync(cancellation)).Reasons(kind);
}
