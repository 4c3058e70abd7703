using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Background;

/// <summary>
/// Hands committed events to their handlers, in the order of the messages, at least once.
/// A message is leased by moving its next time ahead, so that a crash only delays it. A handler's rows and the mark that it is done
/// are one transaction: what it writes to the database happens exactly once.
/// </summary>
public sealed class OutboxDelivery
{
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private const int BatchSize = 50;
    private readonly IServiceScopeFactory _scopes;
    private readonly Subscriptions _subscriptions;
    private readonly CommitSignal _signal;
    private readonly Pressure _pressure;
    private readonly TimeProvider _clock;
    private readonly ILogger<OutboxDelivery> _log;

    internal OutboxDelivery(IServiceScopeFactory scopes, Subscriptions subscriptions, CommitSignal signal, Pressure pressure, TimeProvider clock, ILogger<OutboxDelivery> log) =>
        (_scopes, _subscriptions, _signal, _pressure, _clock, _log) = (scopes, subscriptions, signal, pressure, clock, log);

    /// <summary>Delivers until nothing is due at the clock's time; for tests and for founding the demo under a simulated clock.</summary>
    /// <returns>How many deliveries failed and wait for their next time.</returns>
    public async Task<int> DeliverAllAsync(CancellationToken cancellation = default)
    {
        var failures = 0;
        while (await DeliverDueAsync(cancellation) is { Count: > 0 } batch)
        {
            failures += batch.Failures;
        }

        return failures;
    }

    /// <summary>Leases and delivers what is due now, at most one batch.</summary>
    internal async Task<Batch> DeliverDueAsync(CancellationToken cancellation)
    {
        var leased = await LeaseAsync(cancellation);
        var leaseEnds = _clock.GetUtcNow() + Lease;
        var failures = 0;
        for (var i = 0; i < leased.Count; i++)
        {
            // The rest of a slow batch is given back in good time, before somebody else takes it.
            if (cancellation.IsCancellationRequested || _clock.GetUtcNow() > leaseEnds - Lease / 2)
            {
                await GiveBackAsync([.. leased.Skip(i).Select(m => m.Id)]);
                cancellation.ThrowIfCancellationRequested();
                return new Batch(i, failures);
            }

            await _pressure.GiveWayAsync(cancellation);
            failures += await DeliverAsync(leased[i], cancellation) ? 0 : 1;
        }

        return new Batch(leased.Count, failures);
    }

    private async Task<List<OutboxMessage>> LeaseAsync(CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
        var now = _clock.GetUtcNow();
        if (!await db.Set<OutboxMessage>().AnyAsync(m => m.DoneAt == null && m.NextAt <= now, cancellation))
        {
            return [];
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var due = await db.Dialect.Lock(db.Set<OutboxMessage>().Where(m => m.DoneAt == null && m.NextAt <= now).OrderBy(m => m.Id).Take(BatchSize))
            .AsNoTracking().ToListAsync(cancellation);
        var ids = due.Select(m => m.Id).ToList();
        await db.Set<OutboxMessage>().Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.NextAt, now + Lease).SetProperty(m => m.Attempts, m => m.Attempts + 1), cancellation);
        await transaction.CommitAsync(cancellation);
        return due;
    }

    private async Task GiveBackAsync(List<long> ids)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var now = _clock.GetUtcNow();
        await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<OutboxMessage>().Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.NextAt, now).SetProperty(m => m.Attempts, m => m.Attempts - 1), CancellationToken.None);
    }

    /// <summary>One handler's failure does not keep the event from the others.</summary>
    private async Task<bool> DeliverAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var waiting = _subscriptions.To(message.Type).Where(s => !message.DoneBy.Contains(Mark(s), StringComparison.Ordinal)).ToList();
        if (waiting.Count == 0)
        {
            await CloseAsync(message.Id, cancellation);
            return true;
        }

        Exception? failure = null;
        foreach (var subscription in waiting)
        {
            try
            {
                await DeliverAsync(message, subscription, isLast: failure is null && subscription == waiting[^1], cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                failure = exception;
                _log.LogWarning(exception, "Delivery of message {Message} ({Type}) to {Handler} failed, attempt {Attempt}",
                    message.Id, message.Type, subscription.Handler, message.Attempts + 1);
            }
        }

        if (failure is not null)
        {
            await PostponeAsync(message, failure, cancellation);
        }

        return failure is null;
    }

    private async Task DeliverAsync(OutboxMessage message, Subscription subscription, bool isLast, CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
        var delivery = new Delivery(message.Id, subscription.Handler, message.CreatedAt);
        if (subscription.ActsOutside)
        {
            await subscription.CallAsync(scope.ServiceProvider, message.Payload, delivery, cancellation);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await MarkAsync(db, message.Id, Mark(subscription), isLast, cancellation))
        {
            return; // Another instance was faster, after this one had kept the message for longer than its lease.
        }

        if (!subscription.ActsOutside)
        {
            await subscription.CallAsync(scope.ServiceProvider, message.Payload, delivery, cancellation);
        }

        if (db.HasChanges)
        {
            await db.CommitAsync(Act.BySystem($"outbox.{subscription.Handler}", _clock.GetUtcNow(), $"{message.Type}:{message.Id}"), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        _signal.Raise();
    }

    /// <summary>Taken first, the mark also holds the row: a second instance waits here and then finds it done.</summary>
    private async Task<bool> MarkAsync(LinliDb db, long id, string mark, bool isLast, CancellationToken cancellation)
    {
        DateTimeOffset? doneAt = isLast ? _clock.GetUtcNow() : null;
        return await db.Set<OutboxMessage>().Where(m => m.Id == id && m.DoneAt == null && !m.DoneBy.Contains(mark)).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.DoneBy, m => m.DoneBy + mark).SetProperty(m => m.DoneAt, doneAt), cancellation) == 1;
    }

    private static string Mark(Subscription subscription) => $"[{subscription.Handler}]";

    private async Task CloseAsync(long id, CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        DateTimeOffset? now = _clock.GetUtcNow();
        await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<OutboxMessage>().Where(m => m.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.DoneAt, now), cancellation);
    }

    private async Task PostponeAsync(OutboxMessage message, Exception failure, CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var next = _clock.GetUtcNow() + Pause(message.Attempts + 1);
        var error = failure.ToString() is { Length: > 4_000 } longer ? longer[..4_000] : failure.ToString();
        await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<OutboxMessage>().Where(m => m.Id == message.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAt, next).SetProperty(m => m.LastError, error), cancellation);
    }

    /// <summary>10 s, 30 s, 90 s … up to an hour, for ever: what was promised is delivered once the reason is gone.</summary>
    internal static TimeSpan Pause(int attempts) => TimeSpan.FromSeconds(Math.Min(3_600, 10 * Math.Pow(3, Math.Min(attempts - 1, 10))));

    internal sealed record Batch(int Count, int Failures);
}
