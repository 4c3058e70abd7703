using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Webhooks;

/// <summary>A webhook as administrators see it; its secret is never shown again.</summary>
public sealed record ShownWebhook(
    Guid Id, string Name, string Url, IReadOnlyList<string>? Types, string? Area, IReadOnlyList<string>? ServiceTypes, WebhookReach Reach, bool IsOn, bool IsGivenUp,
    DateTimeOffset CreatedAt, DateTimeOffset? FailingSince, DateTimeOffset? LastDeliveredAt, DateTimeOffset? OldSecretUntil, int Waiting, int Dead, int Version);

/// <summary>One event on its way, with every try.</summary>
public sealed record ShownDelivery(
    long Id, string EventId, string Type, string Subject, DateTimeOffset At, DeliveryState State, DateTimeOffset? NextAt, DateTimeOffset? DoneAt, IReadOnlyList<ShownTry> Tries);

/// <param name="Status">HTTP status; nothing when nobody answered.</param>
/// <param name="Answer">The beginning of what came back, or why nothing did.</param>
public sealed record ShownTry(DateTimeOffset At, TryResult Result, int? Status, int Milliseconds, string? Answer);

/// <param name="Next">Value of cursor for the next page; nothing on the last.</param>
public sealed record DeliveryList(IReadOnlyList<ShownDelivery> Items, long? Next);

public sealed class ReadWebhooks(LinliDb db, TimeProvider clock)
{
    private const int Most = 200;
    private const int PageSize = 50;

    public async Task<IReadOnlyList<ShownWebhook>> AllAsync(Actor actor, CancellationToken cancellation) =>
        [.. (await ShowAsync(db.Set<Webhook>(), cancellation)).Where(w => AdministratorReach.Covers(actor, w.Area))];

    public async Task<Outcome<ShownWebhook>> OneAsync(Actor actor, Guid id, CancellationToken cancellation) =>
        (await ShowAsync(db.Set<Webhook>().Where(w => w.Id == id), cancellation)).SingleOrDefault() is { } webhook && AdministratorReach.Covers(actor, webhook.Area)
            ? webhook : new Failure.NotFound("没有这个事件推送。请刷新列表再看。");

    /// <summary>The newest first.</summary>
    public async Task<Outcome<DeliveryList>> DeliveriesAsync(Actor actor, Guid id, DeliveryState? state, long? before, CancellationToken cancellation)
    {
        var webhook = await OneAsync(actor, id, cancellation);
        if (!webhook.Succeeded)
        {
            return webhook.Failure;
        }

        var rows = await db.Set<WebhookDelivery>().AsNoTracking().Where(d => d.WebhookId == id && (state == null || d.State == state) && (before == null || d.Id < before))
            .OrderByDescending(d => d.Id).Take(PageSize + 1).Select(d => new { d.Id, d.EventId, d.Type, d.Subject, d.CreatedAt, d.State, d.NextAt, d.DoneAt }).ToListAsync(cancellation);
        var shown = rows.Take(PageSize).ToList();
        var ids = shown.Select(r => r.Id).ToList();
        var tries = (await db.Set<WebhookTry>().AsNoTracking().Where(t => ids.Contains(t.DeliveryId)).OrderBy(t => t.Id).ToListAsync(cancellation))
            .ToLookup(t => t.DeliveryId, t => new ShownTry(t.At, t.Result, t.Status, t.Milliseconds, t.Answer));
        return new DeliveryList(
            [.. shown.Select(r => new ShownDelivery(r.Id, r.EventId, r.Type, r.Subject, r.CreatedAt, r.State, r.State == DeliveryState.Waiting ? r.NextAt : null, r.DoneAt, [.. tries[r.Id]]))],
            rows.Count > PageSize ? shown[^1].Id : null);
    }

    private async Task<IReadOnlyList<ShownWebhook>> ShowAsync(IQueryable<Webhook> webhooks, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rows = await webhooks.AsNoTracking().OrderBy(w => w.CreatedAt).ThenBy(w => w.Id).Take(Most).Select(w => new
        {
            Row = w,
            Waiting = db.Set<WebhookDelivery>().Count(d => d.WebhookId == w.Id && d.State == DeliveryState.Waiting),
            Dead = db.Set<WebhookDelivery>().Count(d => d.WebhookId == w.Id && d.State == DeliveryState.Dead),
        }).ToListAsync(cancellation);
        return
        [
            .. rows.Select(r => new ShownWebhook(
                r.Row.Id, r.Row.Name, r.Row.Url, r.Row.Types?.Split(' '), r.Row.AreaCode, r.Row.ServiceTypes?.Split(' '), r.Row.Reach, r.Row.IsOn, r.Row.IsGivenUp, r.Row.CreatedAt, r.Row.FailingSince,
                r.Row.LastDeliveredAt, r.Row.PreviousUntil > now ? r.Row.PreviousUntil : null, r.Waiting, r.Dead, r.Row.Version)),
        ];
    }
}
