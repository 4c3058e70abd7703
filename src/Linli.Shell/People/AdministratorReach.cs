using Linli.Kernel;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>
/// How far an administrator reaches: whoever administers a part of the jurisdiction keeps people and organisations of that part alone. Without it a
/// one-time code for somebody with a wider post, or a post with a wider organisation, would be a way to reach further.
/// </summary>
public sealed class AdministratorReach(LinliDb db, TimeProvider clock)
{
    public static Failure Beyond { get; } = new Failure.Forbidden("这超出了您的管理员岗位的范围。请由负责那个区域或全县的管理员来做。");

    public static bool Covers(Actor actor, string? area)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Kind == ActorKind.System || actor.Posts.Any(p => p.Role == Role.Administrator && p.IsOver(area));
    }

    /// <summary>Refuses what would be done to somebody who holds, or will hold, a post outside the actor's part. One's own account is always one's own.</summary>
    public async Task<Failure?> RefusesAsync(Actor actor, Guid person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Kind == ActorKind.System || actor.Id == person)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var areas = await db.Set<Appointment>().Where(p => p.AccountId == person && (p.Until == null || p.Until > now)).Select(p => p.AreaCode).Distinct().ToListAsync(cancellation);
        return areas.All(a => Covers(actor, a)) ? null : Beyond;
    }
}
