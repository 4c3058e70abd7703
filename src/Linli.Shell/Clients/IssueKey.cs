using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.People;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Clients;

/// <param name="Scopes">Codes of what it may do; at least one.</param>
/// <param name="ServiceTypes">Codes; nothing means all.</param>
/// <param name="Rate">Calls a minute; nothing means the usual.</param>
/// <param name="Days">How long it is valid; nothing means until it is withdrawn.</param>
/// <param name="AreaCode">It acts for matters of this area alone; nothing means the whole jurisdiction.</param>
public sealed record ClientInput(string? Name, string? Contact, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? ServiceTypes, int? Rate, int? Days, string? AreaCode = null);

/// <param name="Key">Shown this once.</param>
public sealed record IssuedKey(Guid Id, string Key, DateTimeOffset? EndsAt);

/// <summary>A client as administrators see it.</summary>
public sealed record ShownClient(
    Guid Id, string Name, string? Contact, string KeyEnd, IReadOnlyList<string> Scopes, IReadOnlyList<string>? ServiceTypes, string? AreaCode, string? Area, int Rate,
    string IssuedBy, DateTimeOffset IssuedAt, DateTimeOffset? EndsAt, DateTimeOffset? WithdrawnAt, DateTimeOffset? UsedAt, bool IsValid);

/// <summary>Which service types there are, asked of whoever keeps them.</summary>
public interface IServiceTypeNames
{
    /// <summary>Code and name of every type in use.</summary>
    Task<IReadOnlyList<(string Code, Wording Name)>> AllAsync(CancellationToken cancellation);
}

/// <summary>
/// Issues keys to other programs and takes them back. A key is never changed: what a client may do is agreed anew with a new one.
/// Administrators of a part of the jurisdiction issue, see and withdraw the keys of that part alone.
/// </summary>
public sealed class IssueKey(LinliDb db, TimeProvider clock, IServiceTypeNames types, IEnumerable<ClientScope> scopes)
{
    private const int MostShown = 500;
    private const int LongestDays = 3_650;
    private const int MostContact = 200;

    /// <summary>What a key can allow.</summary>
    public IReadOnlyList<ClientScope> Scopes { get; } = [.. scopes];

    /// <summary>What a new key allows when nothing else is said.</summary>
    public IReadOnlyList<string> Usual => [.. Scopes.Where(s => s.IsUsual).Select(s => s.Code)];

    public async Task<Outcome<IssuedKey>> HandleAsync(Actor actor, ClientInput input, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(input);
        var (name, contact, area) = (input.Name?.Trim() ?? "", Tidy(input.Contact), Tidy(input.AreaCode));
        var (allowed, codes) = (Tidy(input.Scopes), Tidy(input.ServiceTypes));
        var problems = new List<FieldProblem>();
        if (name.Length is 0 or > ApiClient.MaxName)
        {
            problems.Add(new("name", "请写名称，最多 {0} 个字：居民会在办理过程里看到它。", ApiClient.MaxName));
        }

        problems.AddRange(new[] { PlainLine.ProblemWith("name", name), PlainLine.ProblemWith("contact", contact) }.OfType<FieldProblem>());
        if (contact?.Length > MostContact)
        {
            problems.Add(new("contact", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", MostContact, contact.Length));
        }

        if (allowed.Count == 0)
        {
            problems.Add(new("scopes", "请至少选一项它可以做的事。"));
        }

        problems.AddRange(allowed.Where(s => Scopes.All(k => k.Code != s)).Take(5).Select(s => new FieldProblem("scopes", "没有“{0}”这项权限。可以选：{1}。", Short(s), string.Join(' ', Scopes.Select(k => k.Code)))));
        problems.AddRange(Scopes.Where(s => s.IsForAllTypes && codes.Count > 0 && allowed.Contains(s.Code)).Select(s => new FieldProblem("serviceTypes", "“{0}”不能只限几类事项，因为它给的是合计。请去掉事项，或者另发一个密钥。", new Word(s.Text))));
        if (input.Rate is < 1 or > ApiClient.MostRate)
        {
            problems.Add(new("rate", "请填写 {0} 到 {1} 之间的数。", 1, ApiClient.MostRate));
        }

        if (input.Days is < 1 or > LongestDays)
        {
            problems.Add(new("days", "请填写 {0} 到 {1} 之间的数。", 1, LongestDays));
        }

        var known = (await types.AllAsync(cancellation)).Select(t => t.Code).ToHashSet();
        problems.AddRange(codes.Where(c => !known.Contains(c)).Take(5).Select(c => new FieldProblem("serviceTypes", "没有代码为“{0}”的事项，或者它已停用。请从列表中选择。", Short(c))));
        if (area is not null && !await db.Set<Area>().AnyAsync(a => a.Code == area, cancellation))
        {
            problems.Add(new("areaCode", "没有代码为 {0} 的区域。", Short(area)));
        }
        else if (!AdministratorReach.Covers(actor, area))
        {
            problems.Add(new("areaCode", "您只能给自己管理的区域发密钥。请选择其中的区域。"));
        }

        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var (key, now) = (ClientKeys.New(), clock.GetUtcNow());
        var client = new ApiClient
        {
            Name = name, Contact = contact, KeyHash = ClientKeys.Hash(key), KeyEnd = key[^4..], Scopes = string.Join(' ', allowed), ServiceTypes = codes.Count == 0 ? null : string.Join(' ', codes), AreaCode = area,
            Rate = input.Rate ?? ApiClient.UsualRate, IssuedBy = actor.Id, IssuedAt = now, EndsAt = input.Days is { } days ? now.AddDays(days) : null,
        };
        db.Add(client);
        await db.CommitAsync(actor.Act("shell.issue-key", now, name), cancellation);
        return new IssuedKey(client.Id, key, client.EndsAt);
    }

    public async Task<Outcome<ShownClient>> WithdrawAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var now = clock.GetUtcNow();
        if (await db.Set<ApiClient>().SingleOrDefaultAsync(c => c.Id == id, cancellation) is not { } client)
        {
            return new Failure.NotFound("没有这个接口客户端。请刷新列表再看。");
        }

        if (!AdministratorReach.Covers(actor, client.AreaCode))
        {
            return AdministratorReach.Beyond;
        }

        if (client.WithdrawnAt is null)
        {
            client.WithdrawnAt = now;
            try
            {
                await db.CommitAsync(actor.Act("shell.withdraw-key", now, client.Name), cancellation);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Withdrawn by somebody else at the same moment, as was wanted.
            }
        }

        return (await ShownAsync(db.Set<ApiClient>().Where(c => c.Id == id), cancellation)).Single();
    }

    /// <summary>The newest first; those that are over among them, because their requests still name them.</summary>
    public async Task<IReadOnlyList<ShownClient>> AllAsync(Actor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return [.. (await ShownAsync(db.Set<ApiClient>(), cancellation)).Where(c => AdministratorReach.Covers(actor, c.AreaCode))];
    }

    private async Task<IEnumerable<ShownClient>> ShownAsync(IQueryable<ApiClient> clients, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rows = await clients.AsNoTracking().OrderByDescending(c => c.IssuedAt).ThenBy(c => c.Id).Take(MostShown).Select(c => new
        {
            Row = c, By = db.Set<Account>().Where(a => a.Id == c.IssuedBy).Select(a => a.Name).FirstOrDefault(), Area = db.Set<Area>().Where(a => a.Code == c.AreaCode).Select(a => new { a.Name, a.NameEn }).FirstOrDefault(),
        }).ToListAsync(cancellation);
        return rows.Select(r => new ShownClient(
            r.Row.Id, r.Row.Name, r.Row.Contact, r.Row.KeyEnd, r.Row.Scopes.Split(' '), r.Row.ServiceTypes?.Split(' '), r.Row.AreaCode, r.Area is null ? null : Texts.Pick(r.Area.Name, r.Area.NameEn), r.Row.Rate,
            r.By ?? Texts.Pick(Actor.System.Name, "System"), r.Row.IssuedAt, r.Row.EndsAt, r.Row.WithdrawnAt, r.Row.UsedAt, r.Row.IsValidAt(now)));
    }

    private static string? Tidy(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static List<string> Tidy(IReadOnlyList<string>? codes) => [.. (codes ?? []).Select(Tidy).OfType<string>().Distinct()];

    private static string Short(string code) => code.Length > 40 ? code[..40] + "…" : code;
}
