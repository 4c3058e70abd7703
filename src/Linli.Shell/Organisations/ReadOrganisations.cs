using System.Diagnostics.CodeAnalysis;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Shell.Http.Calls;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Organisations;

/// <param name="Total">All that match.</param>
/// <param name="Next">Value of cursor for the next page; absent on the last.</param>
public sealed record OrganisationList(int Total, int Page, int Pages, IReadOnlyList<Organisation> Items, string? Next = null);

/// <summary>The register of organisations.</summary>
public sealed class ReadOrganisations(LinliDb db)
{
    public const int PageSize = 50;

    /// <summary>Kind of cursors of this list.</summary>
    public const string ByCode = "organisation";

    /// <param name="search">Part of a name or code.</param>
    /// <param name="kind">Only of this kind.</param>
    /// <param name="page">Counted from 1.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="after">Where the page before ended; takes the place of the page.</param>
    [SuppressMessage("Globalization", "CA1304", Justification = "Translated to SQL.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "Translated to SQL.")]
    [SuppressMessage("Globalization", "CA1309", Justification = "Translated to SQL.")]
    [SuppressMessage("Performance", "CA1862", Justification = "Translated to SQL.")]
    public async Task<OrganisationList> ListAsync(string? search, OrganisationKind? kind, int page, CancellationToken cancellation, Cursor? after = null)
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
        all = after is { Key: var code } ? all.Where(o => string.Compare(o.Code, code) > 0) : all;
        var found = await all.OrderBy(o => o.Code).Skip(after is null ? (page - 1) * PageSize : 0).Take(PageSize + 1).ToListAsync(cancellation);
        return new OrganisationList(total, page, pages, [.. found.Take(PageSize)], found.Count > PageSize ? Cursor.After(ByCode, DateTimeOffset.UnixEpoch, found[PageSize - 1].Code).ToString() : null);
    }

    public async Task<Outcome<Organisation>> OneAsync(Guid id, CancellationToken cancellation) =>
        await db.Set<Organisation>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancellation) is { } found ? found : KeepOrganisations.Unknown;
}
