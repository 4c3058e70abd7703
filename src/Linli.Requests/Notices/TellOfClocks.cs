using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Clocks;
using Linli.Shell.Background;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Notices;

/// <summary>
/// Warns whoever holds a clock, and at breach the supervisors too; for what nobody holds, the dispatch team and its supervisors.
/// Who holds more than a few of those that one look found gets one notice with their number: a backlog that was brought in, or a long
/// sleep, buries nobody's inbox.
/// </summary>
internal sealed class TellOfClocks(LinliDb db, Notify notify, FindRecipients find, ConcernedFilter concerned) : IEventHandler<ClocksRanDown>
{
    /// <summary>Up to so many are told one by one.</summary>
    internal const int Few = 5;

    public async Task HandleAsync(ClocksRanDown happened, Delivery delivery, CancellationToken cancellation)
    {
        var told = await HoldersAsync(await DutiesAsync(happened, cancellation), happened.IsBreached, delivery, cancellation);
        var counts = told.SelectMany(t => t.Accounts).CountBy(a => a).ToDictionary();
        foreach (var (duty, accounts) in told)
        {
            var few = accounts.Where(a => counts[a] <= Few).ToList();
            if (few.Count > 0)
            {
                await notify.HandleAsync(
                    new Notification([new Recipients.Accounts(few)], new NoticeText(KeyOf(duty.Kind, happened.IsBreached), duty.Number, duty.DueAt),
                        $"/work/requests/{duty.Number}", duty.Number, duty.Number),
                    delivery with { Handler = $"{delivery.Handler} {duty.ClockId:N}" }, cancellation);
            }
        }

        var many = told.SelectMany(t => t.Accounts.Where(a => counts[a] > Few).Select(a => (Account: a, t.Duty))).GroupBy(t => t.Account, t => t.Duty);
        foreach (var same in many.GroupBy(d => (Requests: d.Select(r => r.Number).Distinct().Count(), First: d.Min(r => r.DueAt)), d => d.Key))
        {
            await notify.HandleAsync(
                new Notification([new Recipients.Accounts([.. same])], new NoticeText(
                    happened.IsBreached ? "有 {0} 件诉求超过了时限，最早的应在 {1:yyyy-MM-dd HH:mm} 前完成。" : "有 {0} 件诉求的时限快到了，最早的应在 {1:yyyy-MM-dd HH:mm} 前完成。",
                    same.Key.Requests, same.Key.First), happened.IsBreached ? "/work?queue=Overdue" : "/work?queue=All"),
                delivery, cancellation);
        }
    }

    private async Task<List<Duty>> DutiesAsync(ClocksRanDown happened, CancellationToken cancellation)
    {
        var duties = new List<Duty>(happened.Clocks.Count);
        foreach (var clocks in happened.Clocks.Chunk(500))
        {
            var ids = clocks.Select(c => c.RequestId).Distinct().ToList();
            var requests = await db.Set<ServiceRequest>().AsNoTracking().Where(r => ids.Contains(r.Id))
                .Select(r => new { r.Id, r.Number, r.AreaCode, r.GroupCode, r.IsSensitive, r.LeadOrganisationId, r.AboutOrganisationId, r.AboutPersonIndex, r.Recused }).ToDictionaryAsync(r => r.Id, cancellation);
            duties.AddRange(clocks.Select(c => (Clock: c, Request: requests[c.RequestId])).Select(c => new Duty(
                c.Clock.ClockId, Enum.Parse<ClockKind>(c.Clock.Kind), c.Clock.DueAt, c.Request.Number, new Matter(c.Request.AreaCode, c.Request.GroupCode, c.Request.IsSensitive), c.Request.LeadOrganisationId,
                new Concern(c.Request.AboutOrganisationId, c.Request.AboutPersonIndex, c.Request.Recused))));
        }

        return duties;
    }

    /// <summary>Who is told of which clock. Posts are looked up once for all that lie with the same people.</summary>
    private async Task<List<(Duty Duty, IReadOnlyList<Guid> Accounts)>> HoldersAsync(List<Duty> duties, bool isBreached, Delivery delivery, CancellationToken cancellation)
    {
        var told = new List<(Duty, IReadOnlyList<Guid>)>(duties.Count);
        foreach (var same in duties.GroupBy(d => (Holder: HolderOf(d.Kind, d.Matter, d.Lead), d.Matter, d.Concern)))
        {
            IReadOnlyList<Recipients> to = isBreached ? [same.Key.Holder, Recipients.SupervisorsCovering(same.Key.Matter)] : [same.Key.Holder];
            var accounts = await find.HandleAsync(await concerned.WithoutAsync(to, same.Key.Concern, cancellation), cancellation);
            if (accounts.Count == 0 && isBreached)
            {
                await AskForSomebodyAsync(same.First(), delivery, cancellation);
            }

            told.AddRange(same.Select(d => (d, accounts)));
        }

        return told;
    }

    /// <summary>Nobody holds it, and nobody supervises: all are out of it, or none is cleared. Administrators can appoint somebody; what it is about they are not told.</summary>
    private async Task AskForSomebodyAsync(Duty duty, Delivery delivery, CancellationToken cancellation) => await notify.HandleAsync(
        new Notification(await concerned.WithoutAsync([Recipients.Administrators], duty.Concern, cancellation),
            new NoticeText("诉求 {0} 超过了时限，但没有可以办理它的人：该派的人要回避，或者没有人可以看敏感事项。请任命一人。", duty.Number), "/admin/people", duty.Number, duty.Number),
        delivery with { Handler = $"{delivery.Handler} nobody {duty.ClockId:N}" }, cancellation);

    /// <summary>Whose duty the clock measures.</summary>
    internal static Recipients HolderOf(ClockKind kind, Matter matter, Guid? lead) => kind switch
    {
        ClockKind.Verify => Recipients.VerifiersCovering(matter),
        ClockKind.Arbitrate => Recipients.SupervisorsCovering(matter),
        ClockKind.Dispatch => Recipients.DispatchersCovering(matter),
        _ => lead is { } handling ? Recipients.HandlersOf(handling, matter) : Recipients.DispatchersCovering(matter),
    };

    private static string KeyOf(ClockKind kind, bool isBreached) => (kind, isBreached) switch
    {
        (ClockKind.Dispatch, false) => "诉求 {0} 的派单时限快到了，应在 {1:yyyy-MM-dd HH:mm} 前派单。",
        (ClockKind.Dispatch, true) => "诉求 {0} 超过了派单时限 {1:yyyy-MM-dd HH:mm}。",
        (ClockKind.Sign, false) => "诉求 {0} 的签收时限快到了，应在 {1:yyyy-MM-dd HH:mm} 前签收。",
        (ClockKind.Sign, true) => "诉求 {0} 超过了签收时限 {1:yyyy-MM-dd HH:mm}。",
        (ClockKind.Contact, false) => "诉求 {0} 的联系时限快到了，应在 {1:yyyy-MM-dd HH:mm} 前联系提交人。",
        (ClockKind.Contact, true) => "诉求 {0} 超过了联系时限 {1:yyyy-MM-dd HH:mm}。",
        (ClockKind.Verify, false) => "诉求 {0} 的核实时限快到了，应在 {1:yyyy-MM-dd HH:mm} 前核实。",
        (ClockKind.Verify, true) => "诉求 {0} 超过了核实时限 {1:yyyy-MM-dd HH:mm}。",
        (ClockKind.Arbitrate, false) => "诉求 {0} 的裁定时限快到了，应在 {1:yyyy-MM-dd HH:mm} 前裁定。",
        (ClockKind.Arbitrate, true) => "诉求 {0} 超过了裁定时限 {1:yyyy-MM-dd HH:mm}。",
        (ClockKind.Rectify, false) => "诉求 {0} 的整改时限快到了，应在 {1:yyyy-MM-dd HH:mm} 前整改。",
        (ClockKind.Rectify, true) => "诉求 {0} 超过了整改时限 {1:yyyy-MM-dd HH:mm}。",
        (_, false) => "诉求 {0} 的办结时限快到了，应在 {1:yyyy-MM-dd HH:mm} 前办结。",
        (_, true) => "诉求 {0} 超过了办结时限 {1:yyyy-MM-dd HH:mm}。",
    };

    private sealed record Duty(Guid ClockId, ClockKind Kind, DateTimeOffset DueAt, string Number, Matter Matter, Guid? Lead, Concern Concern);
}
