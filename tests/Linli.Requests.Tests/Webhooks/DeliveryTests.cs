using System.Net;
using System.Text.Json;
using Linli.Contracts.Requests;
using Linli.Requests.Tests.Loop;
using Linli.Requests.Webhooks;
using Linli.Shell.Background;
using Linli.Shell.Webhooks;
using Linli.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Webhooks;

/// <summary>At least once, in order per request, and whoever is slow or dead holds up nobody else.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task The_events_of_a_request_arrive_in_order_and_later_ones_wait_for_the_earlier()
    {
        await using var town = await WebhookTown.FoundAsync();
        await town.AddAsync();
        var first = (await town.Loop.ReportAsync()).Number;
        await town.Loop.DoAsync("paidan", first, "dispatch", new { organisation = "dept-municipal" });
        await town.Loop.DoAsync("shizheng", first, "signature");
        var second = (await town.Loop.ReportAsync(text: "井盖坏了")).Number;

        town.Receiver.Answer = (arrived, http) =>
        {
            http.Response.StatusCode = arrived.Id == $"{first}.1" ? 500 : 204;
            return Task.CompletedTask;
        };
        await town.SendAsync();
        Assert.Equal([$"{first}.1", $"{second}.1"], town.Receiver.All.Select(a => a.Id).Order(StringComparer.Ordinal).OrderBy(id => id != $"{first}.1"));

        town.Receiver.Says(200);
        town.Loop.Clock.Advance(TimeSpan.FromSeconds(9));
        await town.SendAsync();
        Assert.Equal(2, town.Receiver.All.Count);

        town.Loop.Clock.Advance(TimeSpan.FromSeconds(1));
        await town.SendAsync();
        Assert.Equal([$"{first}.1", $"{first}.2", $"{first}.3"], town.Receiver.All.Skip(2).Select(a => a.Id));
    }

    [Fact]
    public async Task What_is_refused_for_a_day_becomes_a_dead_letter_with_its_answers_and_can_be_repeated()
    {
        await using var town = await WebhookTown.FoundAsync();
        var webhook = (await town.AddAsync()).Id;
        town.Receiver.Says(503, "down for\r\nmaintenance");
        var number = (await town.Loop.ReportAsync()).Number;
        await town.SendAsync();
        await town.PassAsync(TimeSpan.FromHours(23));
        Assert.Equal(DeliveryState.Waiting, (await town.RowsAsync()).Single().State);

        await town.PassAsync(TimeSpan.FromHours(4));
        var dead = Assert.Single(await town.DeliveriesAsync(webhook, "dead"));
        Assert.Equal(12, dead.Tries.Count);
        Assert.All(dead.Tries, t => Assert.Equal((TryResult.Refused, 503, "down for maintenance"), (t.Result, t.Status!.Value, t.Answer)));
        var pauses = dead.Tries.Zip(dead.Tries.Skip(1), (a, b) => b.At - a.At).ToList();
        Assert.True(pauses[^1] >= TimeSpan.FromHours(10) && pauses.Skip(6).Zip(pauses.Skip(7)).All(p => p.First < p.Second), string.Join(' ', pauses));

        await town.Loop.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        town.Receiver.Says(200);
        await town.SendAsync();
        var page = await town.SignedInAsync(v => v.GetAsync($"/admin/webhooks/{webhook}"));
        Assert.Contains("试了 12 次，没送到", page.Words, StringComparison.Ordinal);
        Assert.Contains("HTTP 503", page.Words, StringComparison.Ordinal);
        Assert.Equal($"{number}.2", town.Receiver.All[^1].Id);

        var repeated = await town.SignedInAsync(v => v.SendJsonAsync(HttpMethod.Post, $"/api/webhooks/{webhook}/repeats", new { delivery = dead.Id }));
        Assert.Equal(1, repeated.Json<Repeated>().Count);
        await town.SendAsync();
        Assert.Equal($"{number}.1", town.Receiver.All[^1].Id);
        Assert.Equal(town.Receiver.All[0].Body, town.Receiver.All[^1].Body);
        Assert.Empty(await town.DeliveriesAsync(webhook, "dead"));
        Assert.Equal(HttpStatusCode.NotFound, (await town.SignedInAsync(v => v.SendJsonAsync(HttpMethod.Post, $"/api/webhooks/{webhook}/repeats", new { delivery = dead.Id }))).Status);
    }

    [Fact]
    public async Task All_dead_letters_are_repeated_at_once_and_in_order()
    {
        await using var town = await WebhookTown.FoundAsync();
        var webhook = (await town.AddAsync()).Id;
        town.Receiver.Says(400, "no");
        var number = (await town.Loop.ReportAsync()).Number;
        await town.Loop.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.SendAsync();
        await town.PassAsync(TimeSpan.FromHours(60));
        Assert.Equal(2, (await town.ReadAsync(webhook)).Dead);

        var before = town.Receiver.All.Count;
        town.Receiver.Says(200);
        var page = await town.SignedInAsync(v => v.GetAsync($"/admin/webhooks/{webhook}?state=Dead"));
        await (await town.Loop.AsAsync("guanli")).SubmitAsync(page, $"form[action='/admin/webhooks/{webhook}/repeats']");
        await town.SendAsync();
        Assert.Equal([$"{number}.1", $"{number}.2"], town.Receiver.All.Skip(before).Select(a => a.Id));
    }

    [Fact]
    public async Task An_answer_that_is_lost_leads_to_the_same_event_once_more()
    {
        await using var town = await WebhookTown.FoundAsync();
        await town.AddAsync();
        town.Receiver.Answer = (_, http) =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        await town.Loop.ReportAsync();
        await town.SendAsync();
        Assert.Equal(TryResult.Unreachable, (await town.Loop.Town.ReadAsync(db => db.Set<WebhookTry>().SingleAsync())).Result);

        town.Receiver.Says(200);
        town.Loop.Clock.Advance(TimeSpan.FromSeconds(10));
        await town.SendAsync();
        Assert.Equal(2, town.Receiver.All.Count);
        Assert.Equal(town.Receiver.All[0].Id, town.Receiver.All[1].Id);
        Assert.Equal(town.Receiver.All[0].Body, town.Receiver.All[1].Body);
    }

    [Fact]
    public async Task What_was_being_sent_when_the_power_failed_is_sent_by_the_next_who_runs()
    {
        await using var town = await WebhookTown.FoundAsync();
        await town.AddAsync();
        var number = (await town.Loop.ReportAsync()).Number;
        using var cut = new CancellationTokenSource();
        town.Receiver.Answer = async (_, http) =>
        {
            await cut.CancelAsync();
            http.Abort();
        };
        await town.Loop.DeliverAsync();
        await town.Deliver.DeliverAllAsync(cut.Token);
        Assert.Equal((DeliveryState.Waiting, 0), ((await town.RowsAsync()).Single().State, (await town.RowsAsync()).Single().Attempts));

        town.Receiver.Says(200);
        await using var after = Town.On(town.Loop.Town.Store, WebhookTown.Options with { Now = town.Loop.Clock.Now + TimeSpan.FromMinutes(1) }, keepsStore: true);
        await after.Services.GetRequiredService<DeliverWebhooks>().DeliverAllAsync();
        Assert.Single(town.Receiver.All);   // somebody may still be sending it

        after.Clock.Advance(TimeSpan.FromMinutes(1));
        await after.Services.GetRequiredService<DeliverWebhooks>().DeliverAllAsync();
        Assert.Equal([$"{number}.1", $"{number}.1"], town.Receiver.All.Select(a => a.Id));
    }

    [Fact]
    public async Task A_slow_receiver_holds_up_nobody_else()
    {
        await using var town = await WebhookTown.FoundAsync();
        await using var slow = await Receiver.StartAsync();
        var (isAsked, mayAnswer, isFast) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        slow.Answer = async (_, _) =>
        {
            isAsked.TrySetResult();
            await mayAnswer.Task;
        };
        town.Receiver.Answer = async (_, _) =>
        {
            await isAsked.Task;
            isFast.TrySetResult();
        };
        await town.AddAsync(slow.Url(), name: "慢的");
        var fast = (await town.AddAsync()).Id;
        await town.Loop.ReportAsync();
        await town.Loop.DeliverAsync();

        var sending = town.Deliver.DeliverAllAsync();
        await isFast.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.False(sending.IsCompleted);
        mayAnswer.SetResult();
        await sending;
        Assert.Equal(DeliveryState.Delivered, (await town.DeliveriesAsync(fast)).Single().State);
    }

    [Fact]
    public async Task Whoever_says_when_to_come_again_is_asked_no_earlier()
    {
        await using var town = await WebhookTown.FoundAsync();
        var webhook = (await town.AddAsync()).Id;
        town.Receiver.Answer = (_, http) =>
        {
            (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (429, "600");
            return Task.CompletedTask;
        };
        await town.Loop.ReportAsync();
        await town.SendAsync();
        Assert.Equal(town.Loop.Clock.Now + TimeSpan.FromMinutes(10), (await town.DeliveriesAsync(webhook)).Single().NextAt);
    }

    [Fact]
    public async Task An_event_that_is_late_itself_is_made_up_for_by_its_successor()
    {
        await using var town = await WebhookTown.FoundAsync();
        await town.AddAsync();
        var number = (await town.Loop.ReportAsync()).Number;
        await town.Loop.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        var request = await town.Loop.LoadAsync(number);
        async Task HandAsync(int sequence) => await town.Loop.Town.InScopeAsync(async (IServiceProvider scope) =>
        {
            var step = await scope.GetRequiredService<Kernel.LinliDb>().Set<RequestEvent>().SingleAsync(e => e.RequestId == request.Id && e.Sequence == sequence);
            await scope.GetRequiredService<PushSteps>().HandleAsync(new RequestStepTaken(request.Id, number, $"{step.Step}", $"{step.From}", $"{step.To}", sequence, step.At), new Delivery(sequence, "x", step.At), default);
            await scope.GetRequiredService<Kernel.LinliDb>().CommitAsync(Kernel.Act.BySystem("test.push", step.At));
        });

        await HandAsync(2);
        Assert.Equal([$"{number}.1", $"{number}.2"], (await town.RowsAsync()).OrderBy(d => d.Order).Select(d => d.EventId));
        await HandAsync(1);
        await town.SendAsync();
        Assert.Equal([$"{number}.1", $"{number}.2"], town.Receiver.All.Select(a => a.Id));
    }

    [Fact]
    public async Task A_receiver_that_is_dead_for_days_is_switched_off_and_administrators_hear_of_it()
    {
        await using var town = await WebhookTown.FoundAsync();
        var webhook = (await town.AddAsync()).Id;
        town.Receiver.Says(500);
        for (var day = 0; day < 3; day++)
        {
            await town.Loop.ReportAsync();
            await town.SendAsync();
            await town.PassAsync(TimeSpan.FromHours(24));
        }

        await town.Loop.ReportAsync();
        await town.SendAsync();
        Assert.Equal((false, true), ((await town.ReadAsync(webhook)).IsOn, (await town.ReadAsync(webhook)).IsGivenUp));
        var inbox = await town.SignedInAsync(v => v.GetAsync("/inbox"));
        Assert.Contains("事件推送“城管平台”连续 3 天没有送到，已关闭", inbox.Words, StringComparison.Ordinal);

        var tried = town.Receiver.All.Count;
        town.Receiver.Says(200);
        await town.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal(tried, town.Receiver.All.Count);
        await town.SignedInAsync(v => v.SendJsonAsync(HttpMethod.Put, $"/api/webhooks/{webhook}/active", new { isOn = true }));
        await town.SendAsync();
        Assert.True(town.Receiver.All.Count > tried);
        Assert.Equal(0, (await town.ReadAsync(webhook)).Waiting);
    }

    [Fact]
    public async Task What_was_delivered_is_forgotten_after_a_month_and_a_dead_letter_after_three()
    {
        await using var town = await WebhookTown.FoundAsync();
        await town.AddAsync();
        await town.Loop.ReportAsync();
        await town.SendAsync();
        town.Loop.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await town.Loop.Town.InScopeAsync((PruneWebhooks prune) => prune.HandleAsync(default)));
        town.Loop.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await town.Loop.Town.InScopeAsync((PruneWebhooks prune) => prune.HandleAsync(default)));
    }
}
