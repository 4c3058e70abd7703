using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Shell.Background;
using Linli.Shell.Inbox;
using Linli.Shell.Mail;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Notices;

/// <summary>Writes to the reporter, and to the reporters of merged requests, when they left an e-mail address. The letter leads to the page; it carries no words of the case.</summary>
internal sealed class WriteToReporters(LinliDb db, QueueMail mail, ContactVault contacts) : IEventHandler<RequestStepTaken>
{
    public async Task HandleAsync(RequestStepTaken happened, Delivery delivery, CancellationToken cancellation)
    {
        if (!mail.IsOn || KeyOf(Enum.Parse<Step>(happened.Step), Enum.Parse<RequestState>(happened.To)) is not { } key)
        {
            return;
        }

        // Letters and messages are answered where they came from, with the code that no other letter carries.
        if (happened.Step == nameof(Step.Report) && await db.Set<ServiceRequest>().AnyAsync(r => r.Id == happened.RequestId && (r.Channel == Channel.Mail || r.Channel == Channel.Chat), cancellation))
        {
            return;
        }

        var readers = await db.Set<ServiceRequest>().AsNoTracking()
            .Where(r => r.Id == happened.RequestId || r.MergedIntoId == happened.RequestId)
            .Join(db.Set<ReporterContact>().Where(c => c.Email != null), r => r.Id, c => c.RequestId, (r, c) => new { r.Id, r.Number, c.Email, c.Language })
            .ToListAsync(cancellation);
        foreach (var reader in readers)
        {
            mail.Queue(new Letter(contacts.EmailOf(reader.Id, reader.Email)!, reader.Language, new NoticeText(key, reader.Number), $"/track/{reader.Number}", reader.Number, reader.Number));
        }
    }

    /// <summary>What a reporter wants to hear of.</summary>
    private static string? KeyOf(Step step, RequestState to) => (step, to) switch
    {
        (Step.Report, _) => "您的诉求 {0} 已经收到，我们会尽快派单。",
        (Step.Ask, _) => "关于您的诉求 {0}，请您补充一些情况。",
        (Step.Decline, _) => "您的诉求 {0} 没有受理，页面上写了原因和可以找谁。",
        (Step.Merge, _) => "您的诉求 {0} 和别人反映的是同一件事，已合并办理，进展会一并告诉您。",
        (Step.Dispatch or Step.Decide or Step.Claim, _) => "您的诉求 {0} 已经交给承办单位。",
        (Step.Contact, _) => "承办单位就您的诉求 {0} 做了联系。",
        (Step.Pause or Step.GrantPause, _) => "您的诉求 {0} 暂时挂起，页面上写了原因和时间。",
        (Step.Resume, _) => "您的诉求 {0} 恢复办理。",
        (Step.GrantExtension, _) => "您的诉求 {0} 需要更多时间，已同意延期，页面上写了原因和新的时间。",
        (Step.Resolve, _) => "您的诉求 {0} 已经办结，请看结果并评价。",
        (Step.VerifyFail, _) => "您的诉求 {0} 核实没有通过，已退回重办。",
        (Step.Reopen or Step.Unmerge, _) => "您的诉求 {0} 重新办理。",
        (Step.Lapse, RequestState.Closed) => "您的诉求 {0} 已经结案。如果没有解决，可以在期限内申请重办。",
        _ => null,
    };
}
