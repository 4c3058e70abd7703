using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Shell.Accounts;
using Linli.Shell.Background;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Demo;

/// <summary>
/// Plays sixty days of the demo county: some six hundred requests, each told once and by somebody else, through the real use cases under a
/// simulated clock, with the watch over the clocks and the delivery of notices running as they would. Never a row written by hand, so that the demo proves the product.
/// </summary>
public static class PlayDemo
{
    private const int Days = 60;
    private static readonly TimeSpan Local = TimeSpan.FromHours(8);

    /// <param name="services">The product over the store to fill, with <paramref name="clock"/> as its time.</param>
    /// <param name="folder">data/demo.</param>
    /// <param name="now">Where the play ends.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="most">Not more than so many; tests play fewer than all.</param>
    public static async Task RunAsync(
        IServiceProvider services, SimulatedClock clock, string folder, DateTimeOffset now, IProgress<double>? progress, CancellationToken cancellation, int most = int.MaxValue)
    {
        var stories = await ReadAsync(folder, cancellation);
        clock.Now = now.AddDays(-Days - 1);
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        var (stage, types) = await SetUpAsync(scopes, clock, folder, cancellation);

        var waiting = new PriorityQueue<IAsyncEnumerator<DateTimeOffset>, DateTimeOffset>();
        foreach (var (i, story) in stories.Take(most).Index())
        {
            var chance = new Random(1404 + i);
            var plan = DemoPlan.Draw(story, chance);
            waiting.Enqueue(new DemoCase(stage, story, plan, types[story.Type], chance).PlayAsync(cancellation).GetAsyncEnumerator(cancellation), TimeOf(story, now, chance));
        }

        waiting.Enqueue(WatchAsync(scopes, clock, cancellation).GetAsyncEnumerator(cancellation), clock.Now);
        var began = clock.Now;
        while (waiting.TryDequeue(out var play, out var at))
        {
            if (at > now)
            {
                await play.DisposeAsync();
                continue;
            }

            clock.Now = at > clock.Now ? at : clock.Now;
            if (await play.MoveNextAsync())
            {
                waiting.Enqueue(play, play.Current);
            }
            else
            {
                await play.DisposeAsync();
            }

            progress?.Report((clock.Now - began) / (now - began));
        }

        clock.Now = now.AddMinutes(-20);
        await ReadInboxesAsync(scopes, stage.Cast, now.AddHours(-20), cancellation);
        await new DemoFinale(stage).PlayAsync(types, cancellation);
        clock.Now = now;
        await LookAsync(scopes, cancellation);
    }

    private static async Task<List<DemoStory>> ReadAsync(string folder, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(Path.Combine(folder, "requests.json"));
        return await JsonSerializer.DeserializeAsync<List<DemoStory>>(file, Json.Plain, cancellation) ?? [];
    }

    private static async Task<(DemoStage, Dictionary<string, ServiceType>)> SetUpAsync(IServiceScopeFactory scopes, SimulatedClock clock, string folder, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
        var cast = await DemoCast.GatherAsync(db, scope.ServiceProvider.GetRequiredService<LoadActor>(), clock.Now, cancellation);
        var photos = Directory.Exists(Path.Combine(folder, "photos")) ? Directory.GetFiles(Path.Combine(folder, "photos"), "*.png").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList() : [];
        var stage = new DemoStage(scopes, clock, cast, await db.Set<Area>().AsNoTracking().ToListAsync(cancellation),
            await db.Set<ReasonCode>().AsNoTracking().OrderBy(r => r.Kind).ThenBy(r => r.Order).ToListAsync(cancellation), photos);
        return (stage, await db.Set<ServiceType>().AsNoTracking().ToDictionaryAsync(t => t.Code, cancellation));
    }

    /// <summary>Most report in the daytime, some in the evening; today's not later than now.</summary>
    private static DateTimeOffset TimeOf(DemoStory story, DateTimeOffset now, Random chance)
    {
        var midnight = new DateTimeOffset(now.ToOffset(Local).Date, Local).AddDays(story.Day - Days);
        var at = midnight.AddHours(6.5 + (8 * chance.NextDouble()) + (8 * chance.NextDouble() * chance.NextDouble()));
        return at <= now ? at : now.AddMinutes(-chance.Next(5, 300));
    }

    private static async IAsyncEnumerable<DateTimeOffset> WatchAsync(IServiceScopeFactory scopes, SimulatedClock clock, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            await LookAsync(scopes, cancellation);
            yield return clock.Now.AddHours(2);
        }
    }

    /// <summary>Everybody has read what came until then.</summary>
    private static async Task ReadInboxesAsync(IServiceScopeFactory scopes, DemoCast cast, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var upTo = await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<Notice>().Where(n => n.At <= until).MaxAsync(n => (long?)n.Id, cancellation) ?? 0;
        foreach (var actor in cast.Everybody)
        {
            await scope.ServiceProvider.GetRequiredService<MarkRead>().AllAsync(actor, upTo, cancellation);
        }
    }

    private static async Task LookAsync(IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        while (await scope.ServiceProvider.GetRequiredService<ClockWatch>().LookAsync(cancellation) > 0)
        {
        }

        await scope.ServiceProvider.GetRequiredService<OutboxDelivery>().DeliverAllAsync(cancellation);
    }
}
