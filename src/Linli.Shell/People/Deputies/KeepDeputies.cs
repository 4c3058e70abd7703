using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People.Deputies;

/// <summary>A colleague who stands in.</summary>
/// <param name="Person">Account of the colleague.</param>
/// <param name="Posts">Ids of one's own posts that the colleague holds meanwhile; null or empty for all that can be lent.</param>
/// <param name="From">First moment; null is now.</param>
/// <param name="Until">First moment when it is over; needed.</param>
public sealed record DeputyInput(Guid? Person, IReadOnlyList<Guid>? Posts, DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>代班: whoever is away lends posts to a colleague until a stated day. Acts stay those of the colleague, under the colleague's own name.</summary>
public sealed class KeepDeputies(LinliDb db, ReadDeputies read, Notify notify, TimeProvider clock)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    /// <summary>What nobody hands on by themselves: it is given by administrators alone.</summary>
    internal static readonly Role[] NotLent = [Role.Administrator, Role.Auditor];

    public async Task<Failure?> LendAsync(Actor actor, DeputyInput input, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (from, problems) = ((input.From ?? now).ToUniversalTime(), new List<FieldProblem>());
        if (input.Until is not { } until || until <= from || until <= now)
        {
            problems.Add(new FieldProblem("until", "请写代班到什么时候，要晚于开始时间和现在。"));
        }
        else if (until - from > Longest)
        {
            problems.Add(new FieldProblem("until", "代班最多 {0} 天。更久的，请管理员任命。", (int)Longest.TotalDays));
        }

        var own = await read.LendableAsync(actor.Id, cancellation);
        var lent = input.Posts is { Count: > 0 } chosen ? [.. own.Where(p => chosen.Contains(p.Id))] : own;
        if (lent.Count == 0 || (input.Posts is { Count: > 0 } asked && lent.Count != asked.Distinct().Count()))
        {
            problems.Add(new FieldProblem("posts", "请选择您自己现在的岗位。管理员、审计员和代班得来的岗位不能再请人代班。"));
        }

        var colleagues = await read.ColleaguesAsync(actor.Id, lent, cancellation);
        if (input.Person is not { } person || colleagues.All(c => c.Id != person))
        {
            problems.Add(new FieldProblem("person", "请从列表中选择一位同事：同一单位的人，或者同样没有单位的岗位的人。"));
        }

        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        db.AddRange(lent.Select(p => new Appointment
        {
            AccountId = input.Person!.Value, Role = p.Role, OrganisationId = p.OrganisationId, AreaCode = p.AreaCode, From = from, Until = input.Until!.Value.ToUniversalTime(),
            ServiceGroups = p.ServiceGroups, SeesSensitive = p.SeesSensitive, DeputyOf = p.Id,
        }));
        await notify.HandleAsync(new Notification([Recipients.Person(input.Person!.Value)],
            new NoticeText("{0}请您代班，从 {1:yyyy-MM-dd HH:mm} 到 {2:yyyy-MM-dd HH:mm}。", actor.Name, from, input.Until!.Value), "/me/deputies"), null, cancellation);
        await db.CommitAsync(actor.Act("shell.lend-post", now, input.Person.ToString()), cancellation);
        return null;
    }

    /// <summary>Ended by whoever lent it or by whoever holds it; administrators end it like any post.</summary>
    public async Task<Failure?> EndAsync(Actor actor, Guid appointment, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var found = await db.Set<Appointment>().SingleOrDefaultAsync(p => p.Id == appointment && p.DeputyOf != null && (p.Until == null || p.Until > now)
            && (p.AccountId == actor.Id || db.Set<Appointment>().Any(o => o.Id == p.DeputyOf && o.AccountId == actor.Id)), cancellation);
        if (found is null)
        {
            return new Failure.NotFound("没有这个代班，可能已经结束。");
        }

        found.Until = now.ToUniversalTime();
        await db.CommitAsync(actor.Act("shell.end-deputy", now, found.AccountId.ToString()), cancellation);
        return null;
    }
}
