using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Background;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Live;

/// <summary>
/// Reads what was committed since it last looked and tells the open pages: at once after a commit of this process, every two seconds
/// for other instances. Does nothing while no page is open.
/// </summary>
internal sealed class LiveFeed(LiveHub hub, IEnumerable<LiveSubscription> subscriptions, IServiceScopeFactory scopes, CommitSignal signal,
    IHostApplicationLifetime lifetime, ILogger<LiveFeed> log)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private readonly ILookup<string, LiveSubscription> _byEvent = subscriptions.ToLookup(s => s.EventName);
    private readonly Tail _notices = new();
    private readonly Tail _messages = new();
    private Guid? _posts;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Open pages would keep a stopping server waiting until its patience ends.
        using var stop = lifetime.ApplicationStopping.Register(hub.EndAll);
        using var wake = new Wake(signal);
        hub.Joined += signal.Raise;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(exception, "Open pages cannot be told of news now; the next try is in {Poll}", Poll);
            }

            await wake.WaitAsync(Poll, stoppingToken);
        }

        hub.Joined -= signal.Raise;
    }

    internal async Task LookAsync(CancellationToken cancellation)
    {
        if (!hub.HasListeners)
        {
            _notices.Forget();
            _messages.Forget();
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
        await RenewListenersAsync(db, scope.ServiceProvider.GetRequiredService<LoadActor>(), cancellation);
        await LookForNoticesAsync(db, cancellation);
        await LookForEventsAsync(db, scope.ServiceProvider, cancellation);
    }

    /// <summary>Before anything is told: somebody who was moved a moment ago hears nothing of the old organisation any more.</summary>
    private async Task RenewListenersAsync(LinliDb db, LoadActor load, CancellationToken cancellation)
    {
        var posts = await db.Set<ChangeStamp>().AsNoTracking().Where(s => s.Name == ChangeStamp.Posts).Select(s => (Guid?)s.Value).FirstOrDefaultAsync(cancellation);
        if (posts != _posts)
        {
            await hub.RenewAsync(async account => await load.FindAsync(account, null, cancellation) is { } found && Permission.AnyStaff.IsHeldBy(found.Actor) ? found.Actor : null);
            _posts = posts;
        }
    }

    private async Task LookForNoticesAsync(LinliDb db, CancellationToken cancellation)
    {
        var fresh = await _notices.FreshAsync(db.Set<Notice>().Select(n => n.Id), cancellation);
        if (fresh.Count == 0)
        {
            return;
        }

        var listening = hub.Accounts;
        var notices = await db.Set<Notice>().Where(n => fresh.Contains(n.Id) && listening.Contains(n.AccountId)).OrderBy(n => n.Id)
            .Select(n => new { n.Id, n.AccountId, n.At }).ToListAsync(cancellation);
        foreach (var notice in notices)
        {
            hub.Tell(new LiveNews("notice", $"{notice.Id}", notice.At), new LiveAudience(Accounts: [notice.AccountId]));
        }
    }

    private async Task LookForEventsAsync(LinliDb db, IServiceProvider scope, CancellationToken cancellation)
    {
        var fresh = await _messages.FreshAsync(db.Set<OutboxMessage>().Select(m => m.Id), cancellation);
        if (fresh.Count == 0 || _byEvent.Count == 0)
        {
            return;
        }

        var names = _byEvent.Select(g => g.Key).ToList();
        var messages = await db.Set<OutboxMessage>().Where(m => fresh.Contains(m.Id) && names.Contains(m.Type)).OrderBy(m => m.Id)
            .Select(m => new { m.Type, m.Payload }).ToListAsync(cancellation);
        foreach (var message in messages)
        {
            foreach (var subscription in _byEvent[message.Type])
            {
                if (await subscription.DescribeAsync(scope, message.Payload, cancellation) is { } told)
                {
                    hub.Tell(told.News, told.Audience);
                }
            }
        }
    }
}
