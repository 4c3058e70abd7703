using Linli.Kernel;
using Linli.Shell.Background;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Linli.Shell.Tests;

public sealed class OutboxTests
{
    [Fact]
    public async Task An_event_reaches_every_handler_once()
    {
        await using var town = await Town.EmptyAsync(Bells.Town(new Bells()));
        await Bells.RingAsync(town, "a");

        Assert.Equal(0, await Bells.Delivery(town).DeliverAllAsync());
        Assert.Equal(0, await Bells.Delivery(town).DeliverAllAsync());

        Assert.Equal(["call a", "count a", "write a"], await Bells.RowsAsync(town));
        Assert.Equal(0, await OpenAsync(town));
    }

    [Fact]
    public async Task What_is_not_committed_is_not_delivered()
    {
        await using var town = await Town.EmptyAsync(Bells.Town(new Bells()));
        await town.InScopeAsync((LinliDb db) =>
        {
            db.Publish(new BellRang("never"));
            return Task.CompletedTask;
        });

        await Bells.Delivery(town).DeliverAllAsync();
        Assert.Empty(await Bells.RowsAsync(town));
    }

    [Fact]
    public async Task A_handler_that_fails_leaves_nothing_and_is_called_again_while_the_others_are_done()
    {
        var bells = new Bells { First = _ => throw new InvalidOperationException("not now") };
        await using var town = await Town.EmptyAsync(Bells.Town(bells));
        await Bells.RingAsync(town, "a");

        Assert.Equal(1, await Bells.Delivery(town).DeliverAllAsync());
        Assert.Equal(["call a", "count a"], await Bells.RowsAsync(town));

        bells.First = _ => Task.CompletedTask;
        await Bells.Delivery(town).DeliverAllAsync();
        Assert.Equal(["call a", "count a"], await Bells.RowsAsync(town));

        town.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(0, await Bells.Delivery(town).DeliverAllAsync());
        Assert.Equal(["call a", "count a", "write a"], await Bells.RowsAsync(town));
        Assert.Equal(0, await OpenAsync(town));
    }

    [Fact]
    public async Task The_pauses_between_tries_grow_to_an_hour_and_the_tries_never_end()
    {
        Assert.Equal([10, 30, 90, 270, 810, 2430, 3600, 3600], Enumerable.Range(1, 8).Select(n => OutboxDelivery.Pause(n).TotalSeconds));

        var bells = new Bells { First = _ => throw new InvalidOperationException("still not") };
        await using var town = await Town.EmptyAsync(Bells.Town(bells));
        await Bells.RingAsync(town, "a");
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(1, await Bells.Delivery(town).DeliverAllAsync());
            town.Clock.Advance(TimeSpan.FromHours(1.1));
        }

        var message = await town.InScopeAsync((LinliDb db) => db.Set<OutboxMessage>().SingleAsync());
        Assert.Equal(12, message.Attempts);
        Assert.Contains("still not", message.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_event_that_fails_does_not_keep_the_next_from_arriving()
    {
        var bells = new Bells { First = e => e.Word == "a" ? throw new InvalidOperationException("not a") : Task.CompletedTask };
        await using var town = await Town.EmptyAsync(Bells.Town(bells));
        await Bells.RingAsync(town, "a", "b");

        Assert.Equal(1, await Bells.Delivery(town).DeliverAllAsync());
        Assert.Contains("write b", await Bells.RowsAsync(town));
    }

    [Fact]
    public async Task Events_arrive_in_the_order_in_which_they_were_committed()
    {
        var heard = new List<string>();
        var bells = new Bells { Outside = e => { heard.Add(e.Word); return Task.CompletedTask; } };
        await using var town = await Town.EmptyAsync(Bells.Town(bells));
        var words = Enumerable.Range(0, 120).Select(i => $"{i:000}").ToArray();
        await Bells.RingAsync(town, words);

        await Bells.Delivery(town).DeliverAllAsync();
        Assert.Equal(words, heard);
    }

    [Fact]
    public async Task After_a_crash_in_the_middle_another_instance_takes_over_when_the_lease_has_ended()
    {
        var (entered, stuck) = (new TaskCompletionSource(), new TaskCompletionSource());
        var bells = new Bells { Outside = _ => { entered.SetResult(); return stuck.Task; } };
        await using var town = await Town.EmptyAsync(Bells.Town(bells));
        await Bells.RingAsync(town, "a");

        // The first instance hangs in the middle of its work, as if its machine had stopped.
        var first = Bells.Delivery(town).DeliverAllAsync();
        await entered.Task;
        var second = Another(town);
        bells.Outside = _ => Task.CompletedTask;
        Assert.Equal(0, await second.DeliverAllAsync());
        Assert.DoesNotContain("call a", await Bells.RowsAsync(town));

        town.Clock.Advance(OutboxDelivery.Lease + TimeSpan.FromSeconds(1));
        Assert.Equal(0, await second.DeliverAllAsync());
        Assert.Equal(["call a", "count a", "write a"], await Bells.RowsAsync(town));

        // It wakes up again and finds that it was overtaken: nothing is done twice.
        stuck.SetResult();
        await first;
        Assert.Equal(["call a", "count a", "write a"], await Bells.RowsAsync(town));
        Assert.Equal(0, await OpenAsync(town));
    }

    [Fact]
    public async Task Several_instances_share_the_work_and_do_each_piece_once()
    {
        var heard = new System.Collections.Concurrent.ConcurrentBag<string>();
        var bells = new Bells { Outside = e => { heard.Add(e.Word); return Task.CompletedTask; } };
        await using var town = await Town.EmptyAsync(Bells.Town(bells));
        var words = Enumerable.Range(0, 200).Select(i => $"{i:000}").ToArray();
        await Bells.RingAsync(town, words);

        var instances = new[] { Another(town), Another(town), Another(town) };
        var failures = await Task.WhenAll(instances.Select(i => Task.Run(() => i.DeliverAllAsync())));

        Assert.Equal([0, 0, 0], failures);
        Assert.Equal(words, heard.Order());
        Assert.Equal(3 * words.Length, (await Bells.RowsAsync(town)).Count);
    }

    [Fact]
    public async Task An_event_that_nobody_waits_for_is_done_at_once()
    {
        await using var town = await Town.EmptyAsync();
        await Bells.RingAsync(town, "a");
        Assert.Equal(0, await Bells.Delivery(town).DeliverAllAsync());
        Assert.Equal(0, await OpenAsync(town));
    }

    [Fact]
    public async Task Delivered_messages_are_forgotten_after_a_month_and_others_never()
    {
        var bells = new Bells { First = e => e.Word == "b" ? throw new InvalidOperationException("not b") : Task.CompletedTask };
        await using var town = await Town.EmptyAsync(Bells.Town(bells));
        await Bells.RingAsync(town, "a", "b");
        await Bells.Delivery(town).DeliverAllAsync();

        town.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await town.InScopeAsync((PruneOutbox prune) => prune.HandleAsync(CancellationToken.None)));
        town.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await town.InScopeAsync((PruneOutbox prune) => prune.HandleAsync(CancellationToken.None)));
        Assert.Equal(1, await OpenAsync(town));
    }

    [Fact]
    public async Task The_worker_starts_as_soon_as_something_is_committed()
    {
        var heard = new TaskCompletionSource();
        var bells = new Bells { Outside = _ => { heard.TrySetResult(); return Task.CompletedTask; } };
        await using var town = await Town.EmptyAsync(Bells.Town(bells, backgroundWork: true));
        await town.Services.GetRequiredService<IHost>().StartAsync();
        await Bells.RingAsync(town, "a");
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static OutboxDelivery Another(Town town) => new(
        town.Services.GetRequiredService<IServiceScopeFactory>(), town.Services.GetRequiredService<Subscriptions>(), new CommitSignal(), new Pressure(), town.Clock,
        NullLogger<OutboxDelivery>.Instance);

    private static Task<int> OpenAsync(Town town) => town.InScopeAsync((LinliDb db) => db.Set<OutboxMessage>().CountAsync(m => m.DoneAt == null));
}
