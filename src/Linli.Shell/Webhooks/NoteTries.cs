using Linli.Kernel;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Webhooks;

/// <summary>Writes down what came of tries: delivered, tried again later, given up; and when a receiver has been dead for days, switches it off and says so.</summary>
internal sealed class NoteTries(LinliDb db, Notify notify, TimeProvider clock)
{
    /// <summary>Between the tries: together a day, less a few minutes.</summary>
    internal static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(6), TimeSpan.FromHours(10),
    ];

    /// <summary>Nobody has answered for so long: it is switched off.</summary>
    internal static readonly TimeSpan DeadAfter = TimeSpan.FromDays(3);
    private const int Gone = 410;

    public async Task HandleAsync(Webhook webhook, IReadOnlyList<Tried> tries, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var tried in tries)
        {
            Note(tried, now);
        }

        var isAlive = tries.Any(t => t.Result == TryResult.Accepted);
        var failingSince = isAlive ? (DateTimeOffset?)null : webhook.FailingSince ?? now;
        var lastDelivered = isAlive ? now : webhook.LastDeliveredAt;
        await db.CommitAsync(Act.BySystem("shell.send-webhook", now, webhook.Name), cancellation);
        await db.Set<Webhook>().Where(w => w.Id == webhook.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.FailingSince, failingSince).SetProperty(w => w.LastDeliveredAt, lastDelivered), cancellation);
        if (tries.Any(t => t.Status == Gone) || failingSince + DeadAfter <= now)
        {
            await SwitchOffAsync(webhook.Id, tries.Any(t => t.Status == Gone), now, cancellation);
        }
    }

    private void Note(Tried tried, DateTimeOffset now)
    {
        var delivery = tried.Delivery;
        delivery.Attempts++;
        delivery.SentBy = null;
        db.Add(new WebhookTry { DeliveryId = delivery.Id, At = tried.At, Result = tried.Result, Status = tried.Status, Milliseconds = tried.Milliseconds, Answer = tried.Answer });
        if (tried.Result == TryResult.Accepted)
        {
            (delivery.State, delivery.DoneAt) = (DeliveryState.Delivered, now);
        }
        else if (delivery.Attempts > Pauses.Length || delivery.Type == WebhookTypes.Test)
        {
            (delivery.State, delivery.DoneAt) = (DeliveryState.Dead, now);
        }
        else
        {
            var pause = Pauses[delivery.Attempts - 1];
            delivery.NextAt = now + (tried.RetryAfter > pause ? tried.RetryAfter.Value : pause);
        }
    }

    private async Task SwitchOffAsync(Guid id, bool isGone, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await db.Set<Webhook>().SingleOrDefaultAsync(w => w.Id == id && w.IsOn, cancellation) is not { } webhook)
        {
            return;
        }

        (webhook.IsOn, webhook.IsGivenUp, webhook.Version) = (false, true, webhook.Version + 1);
        await notify.HandleAsync(new Notification([Recipients.Administrators, Recipients.Person(webhook.CreatedBy)],
            new NoticeText(isGone ? "事件推送“{0}”的接收方说地址已经停用，推送已关闭。请联系对方，再重新打开。" : "事件推送“{0}”连续 3 天没有送到，已关闭。请联系对方，再重新打开；没送到的还留着。", webhook.Name),
            WebhookEndpoints.PageOf(id)), null, cancellation);
        await db.CommitAsync(Act.BySystem("shell.give-up-webhook", now, webhook.Name), cancellation);
    }
}
