using System.Diagnostics.CodeAnalysis;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Passkeys;
using Linli.Shell.Http.Calls;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>A post as administrators see it.</summary>
/// <param name="IsValid">Holds at this moment.</param>
/// <param name="ServiceGroups">Codes of the service groups that it is limited to; null for all.</param>
/// <param name="SeesSensitive">Cleared for sensitive matters.</param>
/// <param name="IsDeputy">Stands in for somebody else's post.</param>
public sealed record PersonPost(
    Guid Id, Role Role, Guid? OrganisationId, string? Organisation, string? OrganisationEn, string AreaCode, string? Area, string? AreaEn,
    DateTimeOffset From, DateTimeOffset? Until, bool IsValid, IReadOnlyList<string>? ServiceGroups, bool SeesSensitive, bool IsDeputy);

/// <summary>Somebody with an account, as administrators see them.</summary>
/// <param name="HasCode">A one-time code waits to be used.</param>
public sealed record Person(
    Guid Id, string Login, string Name, string? NameEn, string? Email, string? Phone, string? Language, bool IsActive, bool HasCode, bool HasSecondFactor, DateTimeOffset? LastSignInAt, IReadOnlyList<PersonPost> Posts);

/// <param name="Total">All that match.</param>
/// <param name="Next">Value of cursor for the next page; absent on the last.</param>
public sealed record PeopleList(int Total, int Page, int Pages, IReadOnlyList<Person> Items, string? Next = null);

/// <summary>Who there is. Not for the public: names of staff.</summary>
public sealed class ReadPeople(LinliDb db, AccountVault vault, TimeProvider clock)
{
    public const int PageSize = 30;

    /// <summary>Kind of cursors of this list: a login stays as it is.</summary>
    public const string ByLogin = "login";

    /// <param name="search">Part of the name or login.</param>
    /// <param name="role">Only holders of this role now.</param>
    /// <param name="page">Counted from 1.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="after">Where the page before ended; takes the place of the page.</param>
    [SuppressMessage("Globalization", "CA1304", Justification = "Translated to SQL.")]
    [SuppressMessage("Globalization", "CA1309", Justification = "Translated to SQL.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "Translated to SQL.")]
    [SuppressMessage("Performance", "CA1862", Justification = "Translated to SQL.")]
    public async Task<PeopleList> ListAsync(string? search, Role? role, int page, CancellationToken cancellation, Cursor? after = null)
    {
        var now = clock.GetUtcNow();
        var people = db.Set<Account>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var word = search.Trim();
            var upper = word.ToUpperInvariant();
            people = people.Where(a => a.Name.Contains(word) || a.NormalizedUserName!.Contains(upper) || (a.NameEn != null && a.NameEn.ToUpper().Contains(upper)));
        }

        if (role is { } asked)
        {
            people = people.Where(a => db.Set<Appointment>().Any(p => p.AccountId == a.Id && p.Role == asked && p.From <= now && (p.Until == null || p.Until > now)));
        }

        var total = await people.CountAsync(cancellation);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        people = after is { Key: var login } ? people.Where(a => string.Compare(a.NormalizedUserName, login) > 0) : people;
        var found = await people.OrderBy(a => a.NormalizedUserName).Skip(after is null ? (page - 1) * PageSize : 0).Take(PageSize + 1).ToListAsync(cancellation);
        var next = found.Count > PageSize ? Cursor.After(ByLogin, DateTimeOffset.UnixEpoch, found[PageSize - 1].NormalizedUserName!).ToString() : null;
        return new PeopleList(total, page, pages, await ShowAsync([.. found.Take(PageSize)], cancellation), next);
    }

    public async Task<Outcome<Person>> OneAsync(Guid id, CancellationToken cancellation) =>
        await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellation) is { } account
            ? (await ShowAsync([account], cancellation))[0]
            : ChangePerson.Unknown;

    private async Task<List<Person>> ShowAsync(List<Account> accounts, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var ids = accounts.Select(a => a.Id).ToList();
        var posts = await (
            from post in db.Set<Appointment>()
            where ids.Contains(post.AccountId)
            join organisation in db.Set<Organisation>() on post.OrganisationId equals organisation.Id into organisations
            from organisation in organisations.DefaultIfEmpty()
            join area in db.Set<Area>() on post.AreaCode equals area.Code into areas
            from area in areas.DefaultIfEmpty()
            orderby post.From, post.Id
            select new
            {
                post.AccountId,
                Shown = new PersonPost(post.Id, post.Role, post.OrganisationId, organisation.Name, organisation.NameEn, post.AreaCode, area.Name, area.NameEn,
                    post.From, post.Until, post.From <= now && (post.Until == null || post.Until > now), post.ServiceGroups, post.SeesSensitive, post.DeputyOf != null),
            }).ToListAsync(cancellation);
        var withPasskey = (await db.Set<Passkey>().Where(p => ids.Contains(p.AccountId)).Select(p => p.AccountId).Distinct().ToListAsync(cancellation)).ToHashSet();
        var byAccount = posts.ToLookup(p => p.AccountId, p => p.Shown);
        return [.. accounts.Select(a =>
        {
            var contact = vault.Open(a);
            return new Person(a.Id, a.UserName!, a.Name, a.NameEn, contact.Email, contact.Phone, a.Language, a.IsActive, a.CodeHash is not null && a.CodeEndsAt > now,
                a.TotpSecret is not null || withPasskey.Contains(a.Id), a.LastSignInAt, [.. byAccount[a.Id]]);
        })];
    }
}
