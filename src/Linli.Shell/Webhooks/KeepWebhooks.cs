using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Webhooks;

/// <param name="Secret">Shown this once.</param>
public sealed record WebhookSecretShown(Guid Id, string Secret);

/// <param name="Count">How many are on their way again.</param>
public sealed record Repeated(int Count);

/// <summary>What administrators do with webhooks. Whoever administers a part keeps those of that part alone.</summary>
public sealed class KeepWebhooks(LinliDb db, WebhookSecret secrets, CheckWebhook check, QueueWebhooks queue, TimeProvider clock)
{
    private static Failure None { get; } = new Failure.NotFound("没有这个事件推送。请刷新列表再看。");
    private static Failure Changed { get; } = new Failure.Conflict("changed_meanwhile", "别人刚刚改过。请刷新看看，再改一次。");

    public async Task<Outcome<WebhookSecretShown>> AddAsync(Actor actor, WebhookInput input, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(input);
        if (await RefusesAsync(actor, input, cancellation) is { } refused)
        {
            return refused;
        }

        var now = clock.GetUtcNow();
        var webhook = new Webhook { Name = "", Url = "", Reach = input.Reach, CreatedBy = actor.Id, CreatedAt = now, Since = now };
        Fill(webhook, input);
        var secret = secrets.Renew(webhook, now);
        db.Add(webhook);
        await db.CommitAsync(actor.Act("shell.add-webhook", now, webhook.Name), cancellation);
        return new WebhookSecretShown(webhook.Id, secret);
    }

    public async Task<Outcome<Webhook>> ChangeAsync(Actor actor, Guid id, WebhookInput input, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (await FindAsync(actor, id, cancellation) is not { } webhook)
        {
            return None;
        }

        if (await RefusesAsync(actor, input, cancellation) is { } refused)
        {
            return refused;
        }

        if (input.Version is { } seen && seen != webhook.Version)
        {
            return Changed;
        }

        var now = clock.GetUtcNow();
        Fill(webhook, input);
        webhook.Since = now;
        return await CommitAsync(webhook, actor.Act("shell.change-webhook", now, webhook.Name), cancellation);
    }

    public async Task<Outcome<WebhookSecretShown>> RenewSecretAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        if (await FindAsync(actor, id, cancellation) is not { } webhook)
        {
            return None;
        }

        var now = clock.GetUtcNow();
        var secret = secrets.Renew(webhook, now);
        var done = await CommitAsync(webhook, actor.Act("shell.renew-webhook-secret", now, webhook.Name), cancellation);
        return done.Succeeded ? new WebhookSecretShown(id, secret) : done.Failure;
    }

    public async Task<Outcome<Webhook>> SwitchAsync(Actor actor, Guid id, bool isOn, CancellationToken cancellation)
    {
        if (await FindAsync(actor, id, cancellation) is not { } webhook)
        {
            return None;
        }

        var now = clock.GetUtcNow();
        (webhook.IsOn, webhook.IsGivenUp, webhook.FailingSince) = (isOn, false, null);
        webhook.Since = isOn ? now : webhook.Since;
        return await CommitAsync(webhook, actor.Act(isOn ? "shell.enable-webhook" : "shell.disable-webhook", now, webhook.Name), cancellation);
    }

    public async Task<Outcome<Repeated>> RemoveAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        if (await FindAsync(actor, id, cancellation) is not { } webhook)
        {
            return None;
        }

        var waiting = await db.Set<WebhookDelivery>().CountAsync(d => d.WebhookId == id && d.State == DeliveryState.Waiting, cancellation);
        db.Remove(webhook);
        var done = await CommitAsync(webhook, actor.Act("shell.remove-webhook", clock.GetUtcNow(), webhook.Name), cancellation);
        return done.Succeeded ? new Repeated(waiting) : done.Failure;
    }

    /// <summary>Sends an event that means nothing, once; what came of it stands with the deliveries.</summary>
    public async Task<Outcome<Repeated>> TestAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        if (await FindAsync(actor, id, cancellation) is not { } webhook)
        {
            return None;
        }

        if (!webhook.IsOn)
        {
            return new Failure.Conflict("webhook_off", "这个推送是关着的。请先打开，再发测试事件。");
        }

        var now = clock.GetUtcNow();
        var name = $"test.{Guid.CreateVersion7():N}";
        db.Add(queue.Of(id, new WebhookEvent(name, WebhookTypes.Test, name, 0, now, null, null, WebhookReach.Public, new { message = "If you receive this, it works." })));
        await db.CommitAsync(actor.Act("shell.test-webhook", now, webhook.Name), cancellation);
        return new Repeated(1);
    }

    /// <param name="delivery">One that was given up; null for all of them.</param>
    public async Task<Outcome<Repeated>> RepeatAsync(Actor actor, Guid id, long? delivery, CancellationToken cancellation)
    {
        if (await FindAsync(actor, id, cancellation) is not { } webhook)
        {
            return None;
        }

        if (!webhook.IsOn)
        {
            return new Failure.Conflict("webhook_off", "这个推送是关着的。请先打开，再重发。");
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var count = await db.Set<WebhookDelivery>().Where(d => d.WebhookId == id && d.State == DeliveryState.Dead && (delivery == null || d.Id == delivery))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Waiting).SetProperty(d => d.NextAt, now).SetProperty(d => d.Attempts, 0).SetProperty(d => d.DoneAt, (DateTimeOffset?)null), cancellation);
        if (count == 0 && delivery is not null)
        {
            return new Failure.NotFound("没有这一条没送到的事件，或者它已经重发了。请刷新列表再看。");
        }

        await db.CommitAsync(actor.Act("shell.repeat-webhook", now, webhook.Name), cancellation);
        await transaction.CommitAsync(cancellation);
        return new Repeated(count);
    }

    private async Task<Failure?> RefusesAsync(Actor actor, WebhookInput input, CancellationToken cancellation)
    {
        var problems = await check.HandleAsync(input, cancellation);
        return problems.Count > 0 ? new Failure.Invalid(problems)
            : AdministratorReach.Covers(actor, AreaOf(input)) ? null : AdministratorReach.Beyond;
    }

    private async Task<Webhook?> FindAsync(Actor actor, Guid id, CancellationToken cancellation) =>
        await db.Set<Webhook>().SingleOrDefaultAsync(w => w.Id == id, cancellation) is { } webhook && AdministratorReach.Covers(actor, webhook.AreaCode) ? webhook : null;

    private static string? AreaOf(WebhookInput input) => string.IsNullOrWhiteSpace(input.Area) ? null : input.Area.Trim();

    private static void Fill(Webhook webhook, WebhookInput input)
    {
        (webhook.Name, webhook.Url, webhook.Reach, webhook.AreaCode) = (input.Name!.Trim(), input.Url!.Trim(), input.Reach, AreaOf(input));
        webhook.Types = CheckWebhook.Chosen(input.Types) is { Count: > 0 } types ? string.Join(' ', types) : null;
        webhook.ServiceTypes = CheckWebhook.Chosen(input.ServiceTypes) is { Count: > 0 } codes ? string.Join(' ', codes) : null;
    }

    private async Task<Outcome<Webhook>> CommitAsync(Webhook webhook, Act act, CancellationToken cancellation)
    {
        webhook.Version++;
        try
        {
            await db.CommitAsync(act, cancellation);
            return webhook;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Changed;
        }
    }
}
