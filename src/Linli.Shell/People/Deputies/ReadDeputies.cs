using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People.Deputies;

/// <summary>One post that is lent.</summary>
/// <param name="Id">Of the deputy's appointment.</param>
/// <param name="IsMine">Lent by the reader; otherwise the reader stands in for somebody.</param>
/// <param name="Name">Of the deputy, or of whoever is away.</param>
public sealed record Deputy(Guid Id, bool IsMine, string Name, string? NameEn, Role Role, string? Organisation, string? OrganisationEn, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Who stands in for whom, and who could.</summary>
public sealed class ReadDeputies(LinliDb db, TimeProvider clock)
{
    /// <summary>Those that hold or will, of both sides.</summary>
    public async Task<IReadOnlyList<Deputy>> OfAsync(Guid account, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await (
            from post in db.Set<Appointment>().AsNoTracking()
            join lent in db.Set<Appointment>() on post.DeputyOf equals lent.Id
            where (post.AccountId == account || lent.AccountId == account) && post.Until > now
            join other in db.Set<Account>() on (post.AccountId == account ? lent.AccountId : post.AccountId) equals other.Id
            join organisation in db.Set<Organisation>() on post.OrganisationId equals organisation.Id into organisations
            from organisation in organisations.DefaultIfEmpty()
            orderby post.From, post.Id
            select new Deputy(post.Id, lent.AccountId == account, other.Name, other.NameEn, post.Role, organisation.Name, organisation.NameEn, post.From, post.Until!.Value)).ToListAsync(cancellation);
    }

    /// <summary>One's own posts of this moment that can be lent.</summary>
    internal async Task<List<Appointment>> LendableAsync(Guid account, CancellationToken cancellation) => await db.Set<Appointment>().AsNoTracking()
        .Where(p => p.AccountId == account && p.DeputyOf == null && !KeepDeputies.NotLent.Contains(p.Role)).ValidAt(clock.GetUtcNow(), db).OrderBy(p => p.From).ThenBy(p => p.Id).ToListAsync(cancellation);

    /// <summary>Active colleagues who belong to every organisation that a post is lent of; for posts without one, those who hold such a post.</summary>
    internal async Task<List<Colleague>> ColleaguesAsync(Guid account, IReadOnlyList<Appointment> lent, CancellationToken cancellation)
    {
        var found = await db.Set<Appointment>().Where(p => p.AccountId != account && p.DeputyOf == null).ValidAt(clock.GetUtcNow(), db)
            .Join(db.Set<Account>().Where(a => a.IsActive), p => p.AccountId, a => a.Id, (p, a) => new { a.Id, a.Name, a.NameEn, p.OrganisationId }).ToListAsync(cancellation);
        var needed = lent.Select(p => p.OrganisationId).Distinct().ToList();
        return [.. found.GroupBy(f => f.Id).Where(g => needed.All(n => g.Any(p => p.OrganisationId == n))).Select(g => new Colleague(g.Key, g.First().Name, g.First().NameEn)).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>What the form offers: posts that can be lent, and everybody who could take at least one of them.</summary>
    public async Task<DeputyChoices> ChoicesAsync(Guid account, Texts texts, CancellationToken cancellation)
    {
        var own = await LendableAsync(account, cancellation);
        var organisations = own.Select(p => p.OrganisationId).ToList();
        var names = await db.Set<Organisation>().AsNoTracking().Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => Texts.Pick(o.Name, o.NameEn), cancellation);
        var codes = own.Select(p => p.AreaCode).ToList();
        var areas = await db.Set<Area>().AsNoTracking().Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => Texts.Pick(a.Name, a.NameEn), cancellation);
        var people = new List<Colleague>();
        foreach (var post in own.DistinctBy(p => p.OrganisationId))
        {
            people.AddRange(await ColleaguesAsync(account, [post], cancellation));
        }

        return new DeputyChoices(
            [.. own.Select(p => new Option(p.Id.ToString(), string.Join(" · ", new[]
            {
                RoleName.Show(p.Role), p.OrganisationId is { } id ? names[id] : null, areas.GetValueOrDefault(p.AreaCode) ?? texts["全部区域"],
            }.Where(word => word is not null))))],
            [.. people.DistinctBy(p => p.Id).Select(p => new Option(p.Id.ToString(), Texts.Pick(p.Name, p.NameEn)))]);
    }

    internal sealed record Colleague(Guid Id, string Name, string? NameEn);
}

/// <summary>Lists of the form.</summary>
public sealed record DeputyChoices(IReadOnlyList<Option> Posts, IReadOnlyList<Option> People);
