using System.Diagnostics.CodeAnalysis;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Organisations;

/// <param name="Total">All that match.</param>
public sealed record OrganisationList(int Total, int Page, int Pages, IReadOnlyList<Organisation> Items);

/// <summary>The register of organisations.</summary>
public sealed class ReadOrganisations(LinliDb db)
{
    public const int PageSize = 50;

    /// <param name="search">Part of a name or code.</param>
    /// <param name="kind">Only of this kind.</param>
    /// <param name="page">Counted from 1.</param>
    /// <param name="cancellation">Ends the reading.</param>
    [SuppressMessage("Globalization", "CA1304", Justification = "Translated to SQL.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "Translated to SQL.")]
    [SuppressMessage("Performance", "CA1862", Justification = "Translated to SQL.")]
    public async Task<OrganisationList> ListAsync(string? search, OrganisationKind? kind, int page, CancellationToken cancellation)
    {
        var all = db.Set<Organisation>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var word = search.Trim();
            var upper = word.ToUpperInvariant();
            all = all.Where(o => o.Name.Contains(word) || (o.ShortName != null && o.ShortName.Contains(word)) || o.Code.ToUpper().Contains(upper)
                || (o.NameEn != null && o.NameEn.ToUpper().Contains(upper)));
        }

        if (kind is { } asked)
        {
            all = all.Where(o => o.Kind == asked);
        }

        var total = await all.CountAsync(cancellation);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        return new OrganisationList(total, page, pages,
            await all.OrderBy(o => o.Code).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellation));
    }

    public async Task<Outcome<Organisation>> OneAsync(Guid id, CancellationToken cancellation) =>
        await db.Set<Organisation>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancellation) is { } found ? found : KeepOrganisations.Unknown;
}
