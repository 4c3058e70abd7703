using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>One account of a founding file such as data/demo/accounts.json.</summary>
/// <param name="Password">Known to everybody who reads the file: for demos only, and no rules apply to it. Without one the person gets a one-time code.</param>
/// <param name="TitleZh">What the person does; shown on the demo's sign-in page.</param>
/// <param name="ShowsZh">What there is to see; shown on the demo's sign-in page.</param>
public sealed record FoundedAccount(
    string Login, string NameZh, string? NameEn, string? Password, string? Email, IReadOnlyList<FoundedPost> Posts,
    string? TitleZh = null, string? TitleEn = null, string? ShowsZh = null, string? ShowsEn = null);

/// <param name="Organisation">Code of the organisation; null for posts of the jurisdiction.</param>
/// <param name="Area">Area code; null for the whole jurisdiction.</param>
/// <param name="Groups">Codes of service groups; null for all.</param>
/// <param name="Sensitive">Cleared for sensitive matters.</param>
public sealed record FoundedPost(Role Role, string? Organisation, string? Area, IReadOnlyList<string>? Groups = null, bool Sensitive = false);

/// <summary>Creates accounts from a file, those that are not there yet.</summary>
public sealed class FoundAccounts(LinliDb db, AddPerson add)
{
    /// <returns>Those that were created; a failure names the login that is wrong, and those before it stay.</returns>
    public async Task<Outcome<IReadOnlyList<AddedPerson>>> HandleAsync(IReadOnlyList<FoundedAccount> accounts, CancellationToken cancellation)
    {
        var organisations = await db.Set<Organisation>().ToDictionaryAsync(o => o.Code, o => o.Id, cancellation);
        var known = (await db.Set<Account>().Select(a => a.NormalizedUserName!).ToListAsync(cancellation)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var added = new List<AddedPerson>();
        foreach (var account in accounts.Where(a => !known.Contains(a.Login)))
        {
            if (account.Posts.FirstOrDefault(p => p.Organisation is not null && !organisations.ContainsKey(p.Organisation)) is { } lost)
            {
                return new Failure.Invalid("posts", "账号 {0} 的岗位指向不存在的单位 {1}。", account.Login, lost.Organisation!);
            }

            var posts = account.Posts.Select(p => new PostInput(p.Role, p.Organisation is { } code ? organisations[code] : null, p.Area, null, null, p.Groups, p.Sensitive)).ToList();
            var person = new PersonInput(account.Login, account.NameZh, account.NameEn, account.Email, null);
            var one = await add.HandleAsync(Actor.System, person, posts, account.Password, cancellation, isKnown: true);
            if (!one.Succeeded)
            {
                return one.Failure;
            }

            added.Add(one.Value);
        }

        return added;
    }
}
