using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Feeds;

/// <param name="Address">Shown this once; whoever has it reads the calendar.</param>
public sealed record CalendarAddress(string Address);

/// <summary>Whether there is a secret address now.</summary>
public sealed record CalendarFeedState(bool IsThere, DateTimeOffset? MadeAt);

/// <summary>The secret address of one's own calendar: made, renewed, taken away, and who is behind it.</summary>
public sealed class KeepCalendarFeed(LinliDb db, LoadActor load, TimeProvider clock)
{
    private const int TokenBytes = 24;

    public async Task<CalendarFeedState> StateAsync(Guid account, CancellationToken cancellation) =>
        await db.Set<CalendarFeed>().AsNoTracking().SingleOrDefaultAsync(f => f.AccountId == account, cancellation) is { } feed ? new(true, feed.MadeAt) : new(false, null);

    /// <summary>A new address; the one before answers nobody any more.</summary>
    /// <returns>Path of the address.</returns>
    public async Task<string> RenewAsync(Actor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var (token, now) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)), clock.GetUtcNow());
        if (await db.Set<CalendarFeed>().SingleOrDefaultAsync(f => f.AccountId == actor.Id, cancellation) is { } feed)
        {
            (feed.TokenHash, feed.MadeAt) = (Hash(token), now);
        }
        else
        {
            db.Add(new CalendarFeed { AccountId = actor.Id, TokenHash = Hash(token), MadeAt = now });
        }

        await db.CommitAsync(actor.Act("shell.renew-calendar-feed", now), cancellation);
        return $"/feeds/calendar/{token}.ics";
    }

    public async Task<CalendarFeedState> RemoveAsync(Actor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (await db.Set<CalendarFeed>().SingleOrDefaultAsync(f => f.AccountId == actor.Id, cancellation) is { } feed)
        {
            db.Remove(feed);
            await db.CommitAsync(actor.Act("shell.remove-calendar-feed", clock.GetUtcNow()), cancellation);
        }

        return new(false, null);
    }

    /// <returns>Null when nobody has this address, or no longer has an account or a post.</returns>
    public async Task<LoadActor.Loaded?> OwnerAsync(string token, CancellationToken cancellation)
    {
        var hash = Hash(token);
        return await db.Set<CalendarFeed>().AsNoTracking().Where(f => f.TokenHash == hash).Select(f => (Guid?)f.AccountId).SingleOrDefaultAsync(cancellation) is { } account
            && await load.FindAsync(account, null, cancellation) is { Actor.IsStaff: true } owner ? owner : null;
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
