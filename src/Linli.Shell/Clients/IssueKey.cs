using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Clients;

/// <param name="Scopes">Nothing means all.</param>
/// <param name="ServiceTypes">Codes; nothing means all.</param>
/// <param name="Rate">Calls a minute; nothing means the usual.</param>
/// <param name="Days">How long it is valid; nothing means until it is withdrawn.</param>
public sealed record ClientInput(string? Name, string? Contact, IReadOnlyList<ClientScopes>? Scopes, IReadOnlyList<string>? ServiceTypes, int? Rate, int? Days);

/// <param name="Key">Shown this once.</param>
public sealed record IssuedKey(Guid Id, string Key, DateTimeOffset? EndsAt);

/// <summary>A client as administrators see it.</summary>
public sealed record ShownClient(
    Guid Id, string Name, string? Contact, string KeyEnd, IReadOnlyList<ClientScopes> Scopes, IReadOnlyList<string>? ServiceTypes, int Rate,
    string IssuedBy, DateTimeOffset IssuedAt, DateTimeOffset? EndsAt, DateTimeOffset? WithdrawnAt, bool IsValid);

/// <summary>Which service types there are, asked of whoever keeps them.</summary>
public interface IServiceTypeNames
{
    /// <summary>Code and name of every type in use.</summary>
    Task<IReadOnlyList<(string Code, Wording Name)>> AllAsync(CancellationToken cancellation);
}

/// <summary>Issues keys to other programs and takes them back. A key is never changed: what a client may do is agreed anew with a new one.</summary>
public sealed class IssueKey(LinliDb db, TimeProvider clock, IServiceTypeNames types)
{
    private const int MostShown = 500;
    private const int LongestDays = 3_650;

    public async Task<Outcome<IssuedKey>> HandleAsync(Actor actor, ClientInput input, CancellationToken cancellation)
    {
        var (name, contact) = (input.Name?.Trim() ?? "", string.IsNullOrWhiteSpace(input.Contact) ? null : input.Contact.Trim());
        var codes = (input.ServiceTypes ?? []).Where(c => !string.IsNullOrWhiteSpace(c)).Select(c => c.Trim()).Distinct().ToList();
        var problems = new List<FieldProblem>();
        if (name.Length is 0 or > ApiClient.MaxName)
        {
            problems.Add(new("name", "请写名称，最多 {0} 个字：居民会在办理过程里看到它。", ApiClient.MaxName));
        }

        if (contact?.Length > 200)
        {
            problems.Add(new("contact", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", 200, contact.Length));
        }

        if (input.Rate is < 1 or > ApiClient.MostRate)
        {
            problems.Add(new("rate", "请填写 {0} 到 {1} 之间的数。", 1, ApiClient.MostRate));
        }

        if (input.Days is < 1 or > LongestDays)
        {
            problems.Add(new("days", "请填写 {0} 到 {1} 之间的数。", 1, LongestDays));
        }

        var known = (await types.AllAsync(cancellation)).Select(t => t.Code).ToHashSet();
        problems.AddRange(codes.Where(c => !known.Contains(c)).Take(5).Select(c => new FieldProblem("serviceTypes", "没有代码为“{0}”的事项，或者它已停用。请从列表中选择。", c.Length > 40 ? c[..40] + "…" : c)));
        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var (key, now) = (ClientKeys.New(), clock.GetUtcNow());
        var client = new ApiClient
        {
            Name = name, Contact = contact, KeyHash = ClientKeys.Hash(key), KeyEnd = key[^4..], Scopes = ScopesOf(input.Scopes), ServiceTypes = codes.Count == 0 ? null : string.Join(' ', codes),
            Rate = input.Rate ?? ApiClient.UsualRate, IssuedBy = actor.Id, IssuedAt = now, EndsAt = input.Days is { } days ? now.AddDays(days) : null,
        };
        db.Add(client);
        await db.CommitAsync(actor.Act("shell.issue-key", now, name), cancellation);
        return new IssuedKey(client.Id, key, client.EndsAt);
    }

    public async Task<Outcome<ShownClient>> WithdrawAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await db.Set<ApiClient>().SingleOrDefaultAsync(c => c.Id == id, cancellation) is not { } client)
        {
            return new Failure.NotFound("没有这个接口客户端。请刷新列表再看。");
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

        return (await AllAsync(cancellation)).Single(c => c.Id == id);
    }

    /// <summary>The newest first; those that are over among them, because their requests still name them.</summary>
    public async Task<IReadOnlyList<ShownClient>> AllAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Set<ApiClient>().AsNoTracking().OrderByDescending(c => c.IssuedAt).ThenBy(c => c.Id).Take(MostShown)
            .Select(c => new { Row = c, By = db.Set<Account>().Where(a => a.Id == c.IssuedBy).Select(a => a.Name).FirstOrDefault() }).ToListAsync(cancellation);
        return [.. rows.Select(r => new ShownClient(r.Row.Id, r.Row.Name, r.Row.Contact, r.Row.KeyEnd, Split(r.Row.Scopes), r.Row.ServiceTypes?.Split(' '), r.Row.Rate, r.By ?? "", r.Row.IssuedAt, r.Row.EndsAt, r.Row.WithdrawnAt, r.Row.IsValidAt(now)))];
    }

    private static ClientScopes ScopesOf(IReadOnlyList<ClientScopes>? scopes) =>
        scopes is { Count: > 0 } ? scopes.Aggregate(ClientScopes.None, (all, one) => all | one) : ClientScopes.Report | ClientScopes.Update;

    private static ClientScopes[] Split(ClientScopes scopes) => [.. Enum.GetValues<ClientScopes>().Where(s => s != ClientScopes.None && scopes.HasFlag(s))];
}
