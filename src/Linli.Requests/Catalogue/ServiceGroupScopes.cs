using Linli.Shell.People;

namespace Linli.Requests.Catalogue;

/// <summary>Posts can be limited to groups of the catalogue.</summary>
internal sealed class ServiceGroupScopes(CatalogueReader catalogue) : IPostScopes
{
    public async Task<IReadOnlyList<PostScope>> ListAsync(CancellationToken cancellation) =>
        [.. (await catalogue.NowAsync(cancellation)).Groups.Select(g => new PostScope(g.Code, g.NameZh, g.NameEn))];
}
