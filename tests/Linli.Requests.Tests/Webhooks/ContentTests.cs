using System.Text.Json;
using Linli.Kernel;
using Linli.Requests.Catalogue;
using Linli.Requests.Tests.Loop;
using Linli.Requests.Tests.Privacy;
using Linli.Shell.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Webhooks;

/// <summary>Who is told of which request, and what not.</summary>
public sealed class ContentTests
{
    [Fact]
    public async Task Nothing_that_a_resident_wrote_leaves_the_house()
    {
        await using var town = await WebhookTown.FoundAsync();
        await town.AddAsync(reach: "internal");
        var marks = new Marks();
        var answer = await town.Loop.SendReportAsync(new
        {
            serviceType = LoopTown.Plain, title = $"题 {marks.Words("title")}", text = $"正文 {marks.Words("text")} {marks.Phone("text phone")}", place = new { area = LoopTown.Chengnan, address = marks.Words("address") },
            name = marks.Name("name"), phone = marks.Phone("phone"), email = marks.Email("email"), home = marks.Words("home"), idempotencyKey = Guid.NewGuid().ToString("N"),
        });
        var receipt = answer.Json<Report.ReportRequest.Receipt>();
        town.Loop.Remember(receipt);
        await town.Loop.DoAsync("paidan", receipt.Number, "question", new { question = marks.Words("question") });
        await town.Loop.DoAsync(LoopTown.Reporter, receipt.Number, "answer", new { answer = marks.Words("answer") });
        await town.Loop.DoAsync("paidan", receipt.Number, "dispatch", new { organisation = "dept-municipal", note = marks.Words("note") });
        await town.Loop.DoAsync("shizheng", receipt.Number, "signature");
        await town.Loop.DoAsync("shizheng", receipt.Number, "resolution", new { result = "solved", text = marks.Words("result") });
        await town.Loop.DoAsync(LoopTown.Reporter, receipt.Number, "rating", new { grade = "veryDissatisfied", isSolved = false, comment = marks.Words("rating") });
        await town.SendAsync();

        Assert.Equal(7, town.Receiver.All.Count);
        Assert.Empty(town.Receiver.All.SelectMany(a => marks.In(a.Body)));
        Assert.DoesNotContain("issatisfied", string.Concat(town.Receiver.All.Select(a => a.Body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sensitive_matters_and_complaints_are_told_to_nobody_and_what_is_not_public_only_as_far_as_the_town()
    {
        await using var town = await WebhookTown.FoundAsync();
        await town.AddAsync(name: "公开");
        await using var inside = await Receiver.StartAsync();
        await town.AddAsync(inside.Url(), reach: "internal", name: "内部");
        var open = (await town.Loop.ReportAsync()).Number;
        var about = (await town.Loop.ReportAsync(about: "dept-municipal")).Number;
        await town.Loop.ChangeTypeAsync(LoopTown.Plain, t => t.Visibility = Visibility.Private);
        var quiet = (await town.Loop.ReportAsync(text: "家里的事")).Number;
        await town.Loop.ChangeTypeAsync(LoopTown.Plain, t => t.IsSensitive = true);
        var sensitive = (await town.Loop.ReportAsync(text: "家里的要紧事")).Number;
        await town.SendAsync();

        Assert.Equal([$"{open}.1"], town.Receiver.All.Select(a => a.Id));
        Assert.Equal(new[] { open, quiet }.Order(StringComparer.Ordinal), inside.All.Select(a => a.Id[..^2]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(inside.All, a => a.Body.Contains(about, StringComparison.Ordinal) || a.Body.Contains(sensitive, StringComparison.Ordinal));
        var data = JsonSerializer.Deserialize<JsonElement>(inside.All.Single(a => a.Id == $"{quiet}.1").Body).GetProperty("data");
        Assert.Equal(("140427100", false, $"/work/requests/{quiet}"), (data.GetProperty("area").GetProperty("code").GetString(), data.GetProperty("isPublic").GetBoolean(), data.GetProperty("url").GetString()));
    }

    [Fact]
    public async Task What_is_taken_off_the_public_pages_is_not_sent_any_more_and_receivers_are_told_to_forget_it()
    {
        await using var town = await WebhookTown.FoundAsync();
        var webhook = (await town.AddAsync(types: ["linli.request.report", "linli.request.dispatch", "linli.request.resolve"])).Id;
        var number = (await town.Loop.ReportAsync()).Number;
        await town.SendAsync();
        town.Receiver.Says(500);
        await town.Loop.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.SendAsync();

        town.Receiver.Says(200);
        var before = town.Receiver.All.Count;
        await town.Loop.DoAsync("paidan", number, "unpublication", new { reason = "有个人信息，撤下" });
        await town.Loop.DoAsync("shizheng", number, "signature");
        await town.SendAsync();
        town.Loop.Clock.Advance(TimeSpan.FromHours(1));
        await town.SendAsync();
        var last = Assert.Single(town.Receiver.All.Skip(before));
        var told = JsonSerializer.Deserialize<JsonElement>(last.Body);
        Assert.Equal(WebhookTypes.Hidden, told.GetProperty("type").GetString());
        Assert.Equal(["number"], told.GetProperty("data").EnumerateObject().Select(p => p.Name));
        Assert.Equal(2, (await town.DeliveriesAsync(webhook)).Count);
    }

    [Fact]
    public async Task A_webhook_hears_of_its_types_its_area_and_its_service_types_alone()
    {
        await using var town = await WebhookTown.FoundAsync();
        await town.AddAsync(types: ["linli.request.dispatch"], area: LoopTown.Chengnan[..9], serviceTypes: [LoopTown.Plain]);
        var here = (await town.Loop.ReportAsync()).Number;
        var there = (await town.Loop.ReportAsync(area: "140427101241")).Number;
        var other = (await town.Loop.ReportAsync(type: "street-lamp")).Number;
        foreach (var number in new[] { here, there, other })
        {
            await town.Loop.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        }

        await town.SendAsync();
        Assert.Equal([$"{here}.2"], town.Receiver.All.Select(a => a.Id));
    }

    [Fact]
    public async Task Nothing_is_sent_of_what_happened_before_or_while_it_was_off()
    {
        await using var town = await WebhookTown.FoundAsync();
        await town.Loop.ReportAsync();
        town.Loop.Clock.Advance(TimeSpan.FromMinutes(1));
        var webhook = (await town.AddAsync()).Id;
        await town.Admin.SendJsonAsync(HttpMethod.Put, $"/api/webhooks/{webhook}/active", new { isOn = false });
        await town.Loop.ReportAsync();
        await town.SendAsync();
        town.Loop.Clock.Advance(TimeSpan.FromMinutes(1));
        await town.Admin.SendJsonAsync(HttpMethod.Put, $"/api/webhooks/{webhook}/active", new { isOn = true });
        var number = (await town.Loop.ReportAsync()).Number;
        await town.SendAsync();

        Assert.Equal([$"{number}.1"], town.Receiver.All.Select(a => a.Id));
    }

    [Fact]
    public async Task A_clock_that_runs_out_is_told_inside_the_house_alone()
    {
        await using var town = await WebhookTown.FoundAsync();
        await town.AddAsync(name: "公开");
        await using var inside = await Receiver.StartAsync();
        await town.AddAsync(inside.Url(), reach: "internal", types: ["linli.clock.breached"], name: "内部");
        var number = (await town.Loop.ReportAsync()).Number;
        town.Loop.Clock.Advance(TimeSpan.FromDays(3));
        await town.Loop.LookAtClocksAsync();
        await town.Loop.LookAtClocksAsync();
        await town.SendAsync();

        Assert.Equal([$"{number}.1"], town.Receiver.All.Select(a => a.Id));
        var data = JsonSerializer.Deserialize<JsonElement>(Assert.Single(inside.All).Body).GetProperty("data");
        Assert.Equal("dispatch", data.GetProperty("clock").GetProperty("kind").GetString());
    }
}
