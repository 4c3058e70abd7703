using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Requests.Clocks;
using Linli.Shell.Background;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Notices;

/// <summary>Warns whoever holds a clock, and at breach the supervisors too; for what nobody holds, the dispatch team and its supervisors.</summary>
internal sealed class TellOfClocks(LinliDb db, Notify notify, ConcernedFilter concerned) : IEventHandler<ClockApproaching>
{
    public async Task HandleAsync(ClockApproaching happened, Delivery delivery, CancellationToken cancellation)
    {
        var request = await db.Set<ServiceRequest>().AsNoTracking().SingleAsync(r => r.Id == happened.RequestId, cancellation);
        IReadOnlyList<Recipients> to = happened.IsBreached ? [HolderOf(KindOf(happened), request), Recipients.SupervisorsCovering(request.AreaCode)] : [HolderOf(KindOf(happened), request)];
        await notify.HandleAsync(
            new Notification(await concerned.WithoutAsync(to, request, cancellation), new NoticeText(KeyOf(happened), request.Number, happened.DueAt),
                $"/work/requests/{request.Number}", request.Number, request.Number),
            delivery, cancellation);
    }

    private static ClockKind KindOf(ClockApproaching happened) => Enum.Parse<ClockKind>(happened.Kind);

    /// <summary>Whose duty the clock measures.</summary>
    internal static Recipients HolderOf(ClockKind kind, ServiceRequest request) => kind switch
    {
        ClockKind.Verify => Recipients.VerifiersCovering(request.AreaCode),
        ClockKind.Arbitrate => Recipients.SupervisorsCovering(request.AreaCode),
        ClockKind.Dispatch => Recipients.DispatchersCovering(request.AreaCode),
        _ => request.LeadOrganisationId is { } lead ? Recipients.HandlersOf(lead) : Recipients.DispatchersCovering(request.AreaCode),
    };

    private static string KeyOf(ClockApproaching happened) => (KindOf(happened), happened.IsBreached) switch
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
}
