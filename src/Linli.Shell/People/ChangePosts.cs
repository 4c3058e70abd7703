using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>Gives somebody a post, or ends one. What was held before stays on record.</summary>
public sealed class ChangePosts(LinliDb db, MakeAppointment make, LastAdministrator last, TimeProvider clock)
{
    public async Task<Outcome<Appointment>> AppointAsync(Actor actor, Guid account, PostInput input, CancellationToken cancellation)
    {
        if (!await db.Set<Account>().AnyAsync(a => a.Id == account, cancellation))
        {
            return ChangePerson.Unknown;
        }

        var made = await make.HandleAsync(actor, account, input, cancellation);
        if (made.Succeeded)
        {
            db.Add(made.Value);
            await db.CommitAsync(actor.Act("shell.appoint", clock.GetUtcNow(), account.ToString(), WordsOf(made.Value)), cancellation);
        }

        return made;
    }

    /// <param name="actor">Who ends it.</param>
    /// <param name="account">Whose post.</param>
    /// <param name="appointment">Which.</param>
    /// <param name="until">From when on it is over; null is now.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task<Outcome<Appointment>> EndAsync(Actor actor, Guid account, Guid appointment, DateTimeOffset? until, CancellationToken cancellation)
    {
        var found = await db.Set<Appointment>().SingleOrDefaultAsync(p => p.Id == appointment && p.AccountId == account, cancellation);
        if (found is null)
        {
            return new Failure.NotFound("没有这个岗位，可能已经被删除或不属于这个人员。");
        }

        if (!AdministratorReach.Covers(actor, found.AreaCode))
        {
            return AdministratorReach.Beyond;
        }

        var now = clock.GetUtcNow();
        var end = (until ?? now).ToUniversalTime();
        if (found.Until <= now)
        {
            return new Failure.Conflict("post_over", "这个岗位已经结束。还需要的话，请重新任职。");
        }

        if (end > found.Until)
        {
            return new Failure.Invalid("until", "这里只能提前结束，不能延长。要延长，请重新任职。");   // giving is another act, with checks of its own
        }

        if (end < found.From && end != now)
        {
            return new Failure.Invalid("until", "结束时间要晚于开始时间。");
        }

        if (await last.RefusesLossOfAsync(account, appointment, cancellation) is { } refusal)
        {
            return refusal;
        }

        found.Until = end;
        await db.CommitAsync(actor.Act("shell.end-appointment", now, account.ToString(), string.Create(CultureInfo.InvariantCulture, $"{WordsOf(found)} until {end:yyyy-MM-dd'T'HH:mm:ss'Z'}")), cancellation);
        return found;
    }

    /// <summary>Which post, for the log.</summary>
    private static string WordsOf(Appointment post) => string.Create(CultureInfo.InvariantCulture, $"{post.Role} {post.AreaCode}{(post.OrganisationId is { } organisation ? $" {organisation:N}" : "")}{(post.SeesSensitive ? " sensitive" : "")}");
}
