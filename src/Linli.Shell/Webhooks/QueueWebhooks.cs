using System.Text.Json;
using Linli.Kernel;
using Linli.Shell.Site;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Webhooks;

/// <summary>
/// Puts events on their way to every webhook that wants them. Only adds to the session: event handlers leave the commit to the delivery of the
/// outbox, so an event is queued exactly once for each webhook.
/// </summary>
public sealed class QueueWebhooks(LinliDb db, SiteAddress address)
{
    /// <summary>Somebody listens at all.</summary>
    public Task<bool> AreWantedAsync(CancellationToken cancellation) => db.Set<Webhook>().AnyAsync(w => w.IsOn, cancellation);

    /// <summary>Address of this installation in front of links, where it is set; otherwise links begin at its root.</summary>
    public string Site => address.Configured;

    /// <param name="subject">Who may hear of what the events are about; null for nobody.</param>
    /// <param name="events">Of one subject, in order; those that are queued already are passed over, so that one which was late is made up for by its successor.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task AddAsync(WebhookReach? subject, IReadOnlyList<WebhookEvent> events, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(events);
        var webhooks = events.Count == 0 ? [] : await db.Set<Webhook>().AsNoTracking().Where(w => w.IsOn).OrderBy(w => w.Id).ToListAsync(cancellation);
        foreach (var webhook in webhooks)
        {
            var last = events[^1];
            var known = await db.Set<WebhookDelivery>().Where(d => d.WebhookId == webhook.Id && d.Subject == last.Subject).Select(d => d.EventId).ToListAsync(cancellation);
            known.AddRange(db.Set<WebhookDelivery>().Local.Where(d => d.WebhookId == webhook.Id).Select(d => d.EventId));
            if (subject is { } reach && Hears(webhook, reach) && webhook.Covers(last.AreaCode, last.ServiceType))
            {
                db.AddRange(events.Where(e => e.At >= webhook.Since && Hears(webhook, e.Reach) && webhook.Wants(e.Type) && !known.Contains(e.Id)).Select(e => Of(webhook.Id, e)));
            }
            else if (known.Count > 0)
            {
                await HideAsync(webhook, last, cancellation);
            }
        }
    }

    private static bool Hears(Webhook webhook, WebhookReach what) => what == WebhookReach.Public || webhook.Reach == WebhookReach.Internal;

    /// <summary>What is no longer for the receiver is not sent any more, nor repeated; where something was sent, one last event says so.</summary>
    private async Task HideAsync(Webhook webhook, WebhookEvent last, CancellationToken cancellation)
    {
        var told = await db.Set<WebhookDelivery>().Where(d => d.WebhookId == webhook.Id && d.Subject == last.Subject).OrderByDescending(d => d.Order).ThenByDescending(d => d.Id).ToListAsync(cancellation);
        if (told is [{ Type: WebhookTypes.Hidden }, ..])
        {
            return;
        }

        var unsent = told.Where(d => d.State != DeliveryState.Delivered && d.SentBy is null).ToList();
        db.RemoveRange(unsent);
        if (unsent.Count < told.Count || unsent.Any(d => d.Attempts > 0))
        {
            db.Add(Of(webhook.Id, last with { Id = last.Id + ".hidden", Type = WebhookTypes.Hidden, Data = new { number = last.Subject } }));
        }
    }

    internal WebhookDelivery Of(Guid webhook, WebhookEvent happened) => new()
    {
        WebhookId = webhook, EventId = happened.Id, Type = happened.Type, Subject = happened.Subject, Order = happened.Order, CreatedAt = happened.At.ToUniversalTime(), NextAt = happened.At.ToUniversalTime(),
        Body = JsonSerializer.Serialize(new CloudEvent(happened.Id, Site.Length > 0 ? Site : "urn:linli", happened.Type, happened.Subject, happened.At.ToUniversalTime(), Site + WebhookTypes.SchemaAddress, happened.Data), Json.Plain),
    };

    /// <summary>CloudEvents 1.0.2, structured mode. https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md</summary>
    private sealed record CloudEvent(
        string Id, string Source, string Type, string Subject, DateTimeOffset Time, string Dataschema, object Data, string Specversion = "1.0", string Datacontenttype = "application/json");
}
