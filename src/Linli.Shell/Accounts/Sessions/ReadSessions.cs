using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.Sessions;

/// <summary>One sign-in as its owner sees it.</summary>
/// <param name="Device">Browser and system; empty when the device did not say.</param>
/// <param name="IsThis">The one that asks.</param>
public sealed record ShownSession(Guid Id, string Device, Means Means, DateTimeOffset StartedAt, DateTimeOffset UsedAt, DateTimeOffset EndsAt, bool IsThis);

/// <summary>Where an account is signed in.</summary>
public sealed class ReadSessions(LinliDb db, IOptions<AccountsOptions> options, TimeProvider clock)
{
    private const int Most = 100;
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(30);
    private static readonly TimeSpan KeptDevice = TimeSpan.FromDays(365);

    public async Task<IReadOnlyList<ShownSession>> OfAsync(Guid account, Guid? own, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var used = now - options.Value.Idle;
        var rows = await db.Set<AccountSession>().AsNoTracking().Where(s => s.AccountId == account && s.EndedAt == null && s.EndsAt > now && s.UsedAt > used)
            .Where(s => db.Set<Account>().Any(a => a.Id == s.AccountId && a.SecurityStamp == s.Stamp))
            .OrderByDescending(s => s.UsedAt).ThenBy(s => s.Id).Take(Most).ToListAsync(cancellation);
        return [.. rows.Select(s => new ShownSession(s.Id, s.Device, s.Means, s.StartedAt, s.UsedAt, s.EndsAt, s.Id == own))];
    }

    /// <summary>What ended long ago is nobody's business any more.</summary>
    public async Task PruneAsync(CancellationToken cancellation)
    {
        var (ended, unused) = (clock.GetUtcNow() - KeptAfterEnd, clock.GetUtcNow() - KeptDevice);
        await db.Set<AccountSession>().Where(s => s.EndsAt < ended || s.EndedAt < ended).ExecuteDeleteAsync(cancellation);
        await db.Set<AccountDevice>().Where(d => d.LastAt < unused).ExecuteDeleteAsync(cancellation);
    }
}
