using Linli.Kernel;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts.SecondFactor;

/// <summary>Who asked that somebody's second factor be taken away, and waits for another administrator.</summary>
public sealed record OpenReset(Guid AskedBy, string Name, DateTimeOffset AskedAt);

/// <summary>
/// Takes a lost second factor away: one administrator asks, another one agrees. One alone could take over any account with a one-time code.
/// Where there is no other, a one-time code that the owner uses does it (<see cref="People.GiveCode"/>). The owner is told at each step.
/// </summary>
public sealed class ResetFactor(LinliDb db, Factors factors, People.AdministratorReach reach, TimeProvider clock)
{
    public async Task<Outcome<FactorReset>> AskAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        if (await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id, cancellation) is not { } account)
        {
            return People.ChangePerson.Unknown;
        }

        if (await reach.RefusesAsync(actor, id, cancellation) is { } beyond)
        {
            return beyond;
        }

        if (!await factors.HasAsync(account, cancellation))
        {
            return new Failure.Conflict("no_second_factor", "这个人没有设置第二重验证。");
        }

        var now = clock.GetUtcNow();
        var reset = await OpenOf(id, now).SingleOrDefaultAsync(cancellation);
        if (reset is null)
        {
            db.Add(reset = new FactorReset { AccountId = id, AskedBy = actor.Id, AskedAt = now, EndsAt = now + FactorReset.Open });
            await factors.TellAsync(id, "管理员提出取消您的第二重验证，等另一位管理员同意。如果不是您要求的，请马上联系管理员。", cancellation);
            await db.CommitAsync(actor.Act("shell.ask-factor-reset", now, id.ToString()), cancellation);
        }

        return reset;
    }

    public async Task<Outcome<FactorReset>> AgreeAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await OpenOf(id, now).SingleOrDefaultAsync(cancellation) is not { } reset)
        {
            return new Failure.Conflict("no_open_reset", "没有等待同意的请求，可能已经处理或过期。");
        }

        if (reset.AskedBy == actor.Id || id == actor.Id)
        {
            return new Failure.Forbidden("取消第二重验证要由另一位管理员同意：既不是提出的人，也不是本人。");
        }

        if (await reach.RefusesAsync(actor, id, cancellation) is { } beyond)
        {
            return beyond;
        }

        var account = await db.Set<Account>().SingleAsync(a => a.Id == id, cancellation);
        (reset.DecidedBy, reset.DecidedAt) = (actor.Id, now);
        await factors.RemoveAllAsync(account, cancellation);
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        await db.CommitAsync(actor.Act("shell.reset-factor", now, id.ToString()), cancellation);
        return reset;
    }

    public async Task<OpenReset?> OpenOfAsync(Guid id, CancellationToken cancellation) =>
        await OpenOf(id, clock.GetUtcNow()).AsNoTracking()
            .Select(r => new OpenReset(r.AskedBy, db.Set<Account>().Where(a => a.Id == r.AskedBy).Select(a => a.Name).First(), r.AskedAt)).SingleOrDefaultAsync(cancellation);

    /// <summary>Somebody else who could agree.</summary>
    public Task<bool> HasOtherAsync(Guid actor, Guid person, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return db.Set<Appointment>().Where(p => p.Role == Role.Administrator && p.From <= now && (p.Until == null || p.Until > now) && p.AccountId != actor && p.AccountId != person)
            .AnyAsync(p => db.Set<Account>().Any(a => a.Id == p.AccountId && a.IsActive), cancellation);
    }

    private IQueryable<FactorReset> OpenOf(Guid id, DateTimeOffset now) => db.Set<FactorReset>().Where(r => r.AccountId == id && r.DecidedAt == null && r.EndsAt > now);
}
