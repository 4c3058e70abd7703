using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Notices;
using Linli.Requests.Steps;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Privacy;

/// <summary>What the one who asked may do now.</summary>
/// <param name="IsGranted">Absent while it waits for a second person.</param>
/// <param name="Until">Until when it can be read, or decided.</param>
public sealed record Unmasked(Guid Id, string Number, PersonalPart Part, bool? IsGranted, DateTimeOffset Until);

/// <summary>
/// 查看原文: asks to read personal data of one request, with a reason. Whoever has the request in hand reads it at once; others, and everybody
/// where the type is sensitive, after a second person has agreed. Every look stands in the register and in the audit log.
/// </summary>
internal sealed class UnmaskPersonalData(LinliDb db, StepRunner steps, Notify notify, ConcernedFilter concerned, IOptions<PrivacyOptions> options, TimeProvider time)
{
    private const int MostReason = 500;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <param name="Reason">In one's own words, besides the reason from the list.</param>
    public sealed record Input(PersonalPart? Part, UnmaskingReason? ReasonCode, string? Reason);

    public async Task<Outcome<Unmasked>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation)
    {
        var request = await steps.LoadAsync(number, cancellation);
        if (request is null || !caller.Actor.IsStaff || !RequestAccess.CanSee(caller, request))
        {
            return StepRunner.Unknown(number);
        }

        var parties = RequestAccess.PartiesOf(caller, request);
        if (RequestAccess.IsOnlyInvited(parties))
        {
            return new Failure.Forbidden("接单以后才能看诉求 {0} 的个人信息。", number);
        }

        if (ProblemsOf(input) is { Count: > 0 } problems)
        {
            return new Failure.Invalid(problems);
        }

        var (now, by) = (time.GetUtcNow().ToUniversalTime(), caller.Actor.Id);
        if (await db.Set<Unmasking>().AsNoTracking().Where(u => u.RequestId == request.Id && u.AccountId == by && u.Part == input.Part && u.ExpiresAt > now && (u.IsGranted || u.DecidedAt == null))
            .OrderByDescending(u => u.ExpiresAt).FirstOrDefaultAsync(cancellation) is { } before)
        {
            return ViewOf(before, number);   // pressed twice
        }

        var recent = await db.Set<Unmasking>().CountAsync(u => u.AccountId == by && u.AskedAt > now - Hour, cancellation);
        if (recent >= options.Value.MostPerHour)
        {
            return new Failure.Conflict("too_many_unmaskings", "您在一小时内已经查看 {0} 次个人信息，请过一会儿再来。督办员已收到提醒。", recent);
        }

        var isAtOnce = HasInHand(caller.Actor, parties, request) && !request.IsSensitive;
        if (!isAtOnce && KeepsAccounts(caller.Actor))
        {
            return new Failure.Forbidden("管理人员和岗位的人不申请查看个人信息，也不审批。请由没有管理员岗位的同事来办。");
        }

        var unmasking = Compose(input, caller.Actor, parties, request, isAtOnce, now);
        db.Add(unmasking);
        await TellAsync(unmasking, request, recent + 1, cancellation);
        await db.CommitAsync(caller.Actor.Act(isAtOnce ? "privacy.unmask" : "privacy.ask", now, request.Number, $"{unmasking.Part} {unmasking.ReasonCode}"), cancellation);
        return ViewOf(unmasking, number);
    }

    /// <summary>Whoever gives posts could give themselves the second pair of eyes; so they neither ask nor agree; what they have in hand themselves they read like everybody.</summary>
    internal static bool KeepsAccounts(Actor actor) => actor.Is(Role.Administrator);

    public static Unmasked ViewOf(Unmasking row, string number) => new(row.Id, number, row.Part, row.DecidedAt is null ? null : row.IsGranted, row.ExpiresAt);

    /// <summary>It lies with them at this moment: who handles it, who triages it, who has to call back, who filed it for somebody.</summary>
    private static bool HasInHand(Actor actor, Party parties, ServiceRequest request) => request.State switch
    {
        RequestState.Reported or RequestState.Offered => parties.HasFlag(Party.Dispatcher) || request.ReportedByAccount == actor.Id,
        RequestState.AwaitingReporter => (parties & (Party.Dispatcher | Party.Lead | Party.CoHandler)) != 0,
        RequestState.Dispatched or RequestState.InHand or RequestState.Paused => (parties & (Party.Lead | Party.CoHandler)) != 0,
        RequestState.Resolved => (parties & (Party.Verifier | Party.Lead)) != 0,
        _ => false,
    };

    private Unmasking Compose(Input input, Actor actor, Party parties, ServiceRequest request, bool isAtOnce, DateTimeOffset now)
    {
        var role = (parties & (Party.Lead | Party.CoHandler)) != 0 ? Role.Handler
            : parties.HasFlag(Party.Dispatcher) ? Role.Dispatcher
            : parties.HasFlag(Party.Supervisor) ? Role.Supervisor
            : parties.HasFlag(Party.Verifier) ? Role.Verifier
            : actor.Posts[0].Role;
        var post = actor.Posts.FirstOrDefault(p => p.Role == role && p.OrganisationId is not null) ?? actor.Posts.FirstOrDefault(p => p.OrganisationId is not null);
        return new Unmasking
        {
            Id = Guid.CreateVersion7(now), RequestId = request.Id, Part = input.Part!.Value, AccountId = actor.Id, Role = role, OrganisationId = post?.OrganisationId,
            ReasonCode = input.ReasonCode!.Value, Reason = PersonalNumbers.Mask(Check.Clean(input.Reason)!), AskedAt = now,
            DecidedAt = isAtOnce ? now : null, IsGranted = isAtOnce,
            ExpiresAt = now + (isAtOnce ? TimeSpan.FromMinutes(options.Value.ShownMinutes) : TimeSpan.FromHours(options.Value.DecideHours)),
        };
    }

    private async Task TellAsync(Unmasking unmasking, ServiceRequest request, int inThisHour, CancellationToken cancellation)
    {
        var seconds = await concerned.WithoutAsync([Recipients.SupervisorsCovering(request.Matter), new Recipients.Covering(Role.Auditor, request.Matter)], request.Concern, cancellation);
        if (unmasking.DecidedAt is null)
        {
            await notify.HandleAsync(new Notification(seconds, new NoticeText("有人申请查看诉求 {0} 的个人信息，请审批。", request.Number), "/work/unmaskings", request.Number, request.Number, unmasking.AccountId), null, cancellation);
        }

        if (inThisHour == options.Value.UnusualPerHour)
        {
            await notify.HandleAsync(new Notification(seconds, new NoticeText("有人在一小时内查看了 {0} 次个人信息，请了解原因。", inThisHour), "/work/unmaskings", Except: unmasking.AccountId), null, cancellation);
        }
    }

    private static List<FieldProblem> ProblemsOf(Input input)
    {
        List<FieldProblem> problems = [];
        if (input.Part is not { } part || !Enum.IsDefined(part))
        {
            problems.Add(new("part", "请选择要看什么。"));
        }

        if (input.ReasonCode is not { } reason || !Enum.IsDefined(reason))
        {
            problems.Add(new("reasonCode", "请选择为什么要看。"));
        }

        if (Check.Reason("reason", input.Reason, isRequired: true, MostReason) is Failure.Invalid wrong)
        {
            problems.AddRange(wrong.Problems);
        }

        return problems;
    }
}
