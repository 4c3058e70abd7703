using System.Net;
using Linli.Requests.Floods;
using Linli.Requests.Life;
using Linli.Shell.Limits.Floods;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Floods;

/// <summary>A dispatcher looks at what came in batches, and declines what is none of a person's.</summary>
public sealed class FloodPageTests
{
    private const string Instead = "这些内容由程序批量提交；确有需要请拨打 12345。";

    [Fact]
    public async Task What_one_device_sent_is_one_batch_and_declined_together_each_as_a_step_of_its_own()
    {
        await using var town = await Town.FoundAsync();
        var numbers = await SendAsync(town, 6);
        using var dispatcher = await town.HttpAsync("paidan");

        var page = await dispatcher.GetAsync("/work/floods");
        Assert.Equal(numbers, page.Page.QuerySelectorAll("input[name=numbers]").Select(n => n.GetAttribute("value")!));
        Assert.Contains("同一设备 6 件", page.Words, StringComparison.Ordinal);

        var done = await dispatcher.PostFormAsync("/work/floods/refusals", [.. numbers.Take(5).Select(n => ("numbers", n)), ("reason", "not-a-request"), ("instead", Instead)]);

        Assert.Contains("已作不予受理：5 件", done.Words, StringComparison.Ordinal);
        Assert.Equal([.. numbers.Take(5).Select(n => (n, RequestState.Declined)), (numbers[5], RequestState.Reported)], await StatesAsync(town, numbers));
        Assert.Equal(5, await town.ReadAsync(db => db.Set<RequestEvent>().CountAsync(e => e.Step == Step.Decline && e.Text == Instead && e.ReasonCode == "not-a-request")));
        using var supervisor = await town.HttpAsync("duban");
        await supervisor.SendJsonAsync(HttpMethod.Put, $"/api/requests/{numbers[0]}/reopening", new { reason = "是真的" });
        Assert.Equal(RequestState.Reported, (await StatesAsync(town, [numbers[0]]))[0].State);
    }

    [Fact]
    public async Task What_has_moved_on_meanwhile_stays_as_it_is_and_is_named()
    {
        await using var town = await Town.FoundAsync();
        var numbers = await SendAsync(town, 5);
        using var dispatcher = await town.HttpAsync("paidan");
        await dispatcher.SendJsonAsync(HttpMethod.Put, $"/api/requests/{numbers[1]}/dispatch", new { organisation = "dept-housing" });

        var answer = await dispatcher.SendJsonAsync(HttpMethod.Post, "/api/floods/refusals", new { numbers = (string[])[.. numbers, "261122-000000"], reason = "not-a-request", instead = Instead });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(4, answer.Json().GetProperty("declined").GetArrayLength());
        Assert.Equal([numbers[1], "261122-000000"], answer.Json().GetProperty("left").EnumerateArray().Select(l => l.GetProperty("number").GetString()!));
        Assert.Equal(RequestState.Dispatched, (await StatesAsync(town, [numbers[1]]))[0].State);
    }

    [Theory]
    [InlineData("", Instead, "reason")]
    [InlineData("not-a-request", " ", "instead")]
    public async Task Without_a_reason_or_a_word_for_the_reporters_nothing_is_declined(string reason, string instead, string field)
    {
        await using var town = await Town.FoundAsync();
        var numbers = await SendAsync(town, 5);
        using var dispatcher = await town.HttpAsync("paidan");

        var refused = await dispatcher.PostFormAsync("/work/floods/refusals", [.. numbers.Select(n => ("numbers", n)), ("reason", reason), ("instead", instead)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.NotNull(refused.Page.QuerySelector($".field-wrong [name={field}]"));
        Assert.All(await StatesAsync(town, numbers), r => Assert.Equal(RequestState.Reported, r.State));
    }

    [Fact]
    public async Task Nothing_or_too_much_at_a_time_is_refused()
    {
        await using var town = await Town.FoundAsync();
        using var dispatcher = await town.HttpAsync("paidan");

        foreach (var numbers in (string[][])[[], [.. Enumerable.Range(0, 201).Select(i => $"261122-{i:D6}")]])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await dispatcher.SendJsonAsync(HttpMethod.Post, "/api/floods/refusals", new { numbers, reason = "not-a-request", instead = Instead })).Status);
        }
    }

    [Fact]
    public async Task The_workbench_of_a_dispatcher_leads_there_when_there_was_a_flood_and_nobody_else_s_does()
    {
        await using var town = await Town.FoundAsync(new TownOptions { Settings = services => services.Configure<FloodOptions>(o => (o.Enabled, o.PerMinute, o.PerBlock, o.Bits) = (true, 3, 3, 4)) });
        using var dispatcher = await town.HttpAsync("paidan");
        using var supervisor = await town.HttpAsync("duban");
        Assert.Null((await dispatcher.GetAsync("/work")).Page.QuerySelector("a[href='/work/floods']"));

        using var bot = await town.HttpAsync();
        for (var i = 0; i < 6; i++)
        {
            await bot.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = "old-estate", text = "" });
        }

        Assert.NotNull((await dispatcher.GetAsync("/work")).Page.QuerySelector("a[href='/work/floods']"));
        Assert.Null((await supervisor.GetAsync("/work")).Page.QuerySelector("a[href='/work/floods']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await supervisor.GetAsync("/work/floods")).Status);
        town.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null((await dispatcher.GetAsync("/work")).Page.QuerySelector("a[href='/work/floods']"));
    }

    [Fact]
    public async Task Where_a_report_came_from_is_kept_without_an_address_for_two_days_and_not_of_those_who_are_known()
    {
        await using var town = await Town.FoundAsync();
        await SendAsync(town, 2);
        using var staff = await town.HttpAsync("wangge1");
        await staff.PostFormAsync("/work/file", ("serviceType", "old-estate"), ("text", "楼道灯坏了三天"), ("idempotencyKey", "0123456789abcdef"));

        var kept = await town.ReadAsync(db => db.Set<ReportOrigin>().AsNoTracking().ToListAsync());
        Assert.Equal(2, kept.Count);
        Assert.Single(kept.Select(o => (o.Device, o.Neighbourhood)).Distinct());
        Assert.All(kept, o => Assert.Matches("^[0-9a-f]{64}$", o.Neighbourhood));

        town.Clock.Advance(TimeSpan.FromHours(47));
        await town.InScopeAsync<KeepOrigins>(origins => origins.PruneAsync(default));
        Assert.Equal(2, await town.ReadAsync(db => db.Set<ReportOrigin>().CountAsync()));
        town.Clock.Advance(TimeSpan.FromHours(2));
        await town.InScopeAsync<KeepOrigins>(origins => origins.PruneAsync(default));
        Assert.Equal(0, await town.ReadAsync(db => db.Set<ReportOrigin>().CountAsync()));
    }

    private static async Task<List<string>> SendAsync(Town town, int count)
    {
        using var bot = await town.HttpAsync();
        var numbers = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var filed = await bot.PostFormAsync("/report", ("serviceType", "old-estate"), ("text", $"强烈要求查处物业乱收费，第 {i} 次反映"), ("idempotencyKey", $"0123456789abcdef{i}"));
            numbers.Add(filed.Path.Split('/', '?')[2]);
            town.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        return numbers;
    }

    private static Task<List<(string Number, RequestState State)>> StatesAsync(Town town, IReadOnlyCollection<string> numbers) => town.ReadAsync(async db =>
        (await db.Set<ServiceRequest>().AsNoTracking().Where(r => numbers.Contains(r.Number)).OrderBy(r => r.ReportedAt).Select(r => new { r.Number, r.State }).ToListAsync()).ConvertAll(r => (r.Number, r.State)));
}
