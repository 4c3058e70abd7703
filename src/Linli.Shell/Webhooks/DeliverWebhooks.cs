using System.Collections.Concurrent;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Webhooks;

/// <summary>
/// Sends what waits: every webhook by itself, so that a slow receiver holds up nobody else. Of each subject only the first waiting event is sent,
/// so a request's events arrive in order. What is sent is leased first: a crash only delays it, and may repeat it under the same id.
/// </summary>
public sealed class DeliverWebhooks
{
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Of different subjects at the same time.</summary>
    private const int Together = 16;
    private readonly ConcurrentDictionary<Guid, Task> _busy = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly ILogger<DeliverWebhooks> _log;

    internal DeliverWebhooks(IServiceScopeFactory scopes, TimeProvider clock, ILogger<DeliverWebhooks> log) => (_scopes, _clock, _log) = (scopes, clock, log);

    /// <summary>Sends until nothing is due at the clock's time.</summary>
    public async Task DeliverAllAsync(CancellationToken cancellation = default)
    {
        await StartAsync(cancellation);
        await Task.WhenAll(_busy.Values);
    }

    /// <summary>Starts sending to every webhook that something is due for and that is not being sent to already.</summary>
    internal async Task StartAsync(CancellationToken cancellation)
    {
        foreach (var id in await DueAsync(cancellation))
        {
            // A task that has ended takes itself out; one that is there goes on by itself.
            var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var work = SendAllAsync(id, begin.Task, cancellation);
            if (!_busy.TryAdd(id, work))
            {
                begin.SetCanceled(CancellationToken.None);
                continue;
            }

            begin.SetResult();
        }
    }

    internal Task AllDoneAsync() => Task.WhenAll(_busy.Values);

    private async Task<List<Guid>> DueAsync(CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
        var now = _clock.GetUtcNow();
        return await db.Set<Webhook>().Where(w => w.IsOn && db.Set<WebhookDelivery>().Any(d => d.WebhookId == w.Id && d.State == DeliveryState.Waiting && d.NextAt <= now))
            .OrderBy(w => w.Id).Select(w => w.Id).ToListAsync(cancellation);
    }

    private async Task SendAllAsync(Guid webhook, Task begin, CancellationToken cancellation)
    {
        try
        {
            await begin;
            while (!cancellation.IsCancellationRequested && await SendSomeAsync(webhook, cancellation))
            {
                // What came after those is due now.
            }
        }
        catch (DbUpdateConcurrencyException)
        {
            return; // The webhook was removed while it was being sent to.
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            _log.LogError(failed, "Events cannot be sent to webhook {Webhook} now", webhook);
        }
        catch (OperationCanceledException)
        {
            return; // The process ends, or somebody else sends to it.
        }
        finally
        {
            if (begin.IsCompletedSuccessfully)
            {
                _busy.TryRemove(webhook, out _);
            }
        }
    }

    private async Task<bool> SendSomeAsync(Guid id, CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
        if (await db.Set<Webhook>().AsNoTracking().SingleOrDefaultAsync(w => w.Id == id && w.IsOn, cancellation) is not { } webhook)
        {
            return false;
        }

        var leased = await LeaseAsync(db, id, cancellation);
        if (leased.Count == 0)
        {
            return false;
        }

        var send = scope.ServiceProvider.GetRequiredService<SendWebhook>();
        var tried = await Task.WhenAll(leased.Select(d => send.HandleAsync(webhook, d, cancellation)));
        await scope.ServiceProvider.GetRequiredService<NoteTries>().HandleAsync(webhook, tried, CancellationToken.None);
        return true;
    }

    /// <summary>The first of each subject, where it is due; what another instance sends now is passed over.</summary>
    private async Task<List<WebhookDelivery>> LeaseAsync(LinliDb db, Guid webhook, CancellationToken cancellation)
    {
        var (now, token) = (_clock.GetUtcNow(), Guid.NewGuid());
        var waiting = db.Set<WebhookDelivery>().Where(d => d.WebhookId == webhook && d.State == DeliveryState.Waiting);
        var heads = await waiting.Where(d => d.NextAt <= now && !waiting.Any(e => e.Subject == d.Subject && (e.Order < d.Order || (e.Order == d.Order && e.Id < d.Id))))
            .OrderBy(d => d.NextAt).ThenBy(d => d.Id).Take(Together).Select(d => d.Id).ToListAsync(cancellation);
        if (heads.Count == 0)
        {
            return [];
        }

        await waiting.Where(d => heads.Contains(d.Id) && d.NextAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAt, now + Lease).SetProperty(d => d.SentBy, token), cancellation);
        return await waiting.Where(d => d.SentBy == token).OrderBy(d => d.Id).ToListAsync(cancellation);
    }
}
