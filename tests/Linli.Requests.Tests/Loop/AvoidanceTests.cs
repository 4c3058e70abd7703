using System.Net;
using Linli.Contracts.Requests;
using Linli.Kernel.People;
using Linli.Requests.Dispatch;
using Linli.Requests.Notices;
using Linli.Requests.Public;
using Linli.Requests.Queue;
using Microsoft.EntityFrameworkCore;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>回避: whom a request is about neither handles it nor learns that it exists.</summary>
public sealed class AvoidanceTests
{
    private const string AboutMunicipal = "dept-municipal";

    [Theory]
    [InlineData("shizheng", "dept-municipal")]
    [InlineData("shizheng", "dept-housing")]
    [InlineData("longquan", "town-longquan")]
    [InlineData("wangge1", "village-chengnan")]
    [InlineData("wangge1", "town-longquan")]
    public async Task People_of_the_organisation_and_of_those_below_it_meet_it_nowhere(string login, string about)
    {
        await using var town = await LoopTown.FoundAsync();
        var plain = (await town.ReportAsync(text: "井盖松了，服务态度好")).Number;
        var number = (await town.ReportAsync(text: "服务态度差，推诿", about: about)).Number;
        await town.DoAsync("paidan", plain, "dispatch", new { organisation = "dept-municipal" });
        await town.DeliverAsync();

        var actor = await town.ActorAsync(login);
        Assert.Equal(HttpStatusCode.NotFound, (await town.ReadAsync(login, number)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await town.AsAsync(login)).GetAsync($"/work/requests/{number}")).Status);
        await town.RefusedAsync(login, number, "notes", new { note = "看到了" }, HttpStatusCode.NotFound, "not_found");
        foreach (var filter in new[] { new QueueFilter(), new QueueFilter(Words: "推诿"), new QueueFilter(Words: number), new QueueFilter(Words: "服务态度") })
        {
            var lines = await town.Town.InScopeAsync((QueueQuery queue) => queue.ListAsync(filter, actor, default));
            Assert.DoesNotContain(lines.Lines, l => l.Number == number);
            Assert.Equal(lines.Lines.Count, lines.Total);
        }

        var counts = await town.Town.InScopeAsync((QueueQuery queue) => queue.CountsAsync(actor, default));
        Assert.Equal(1, counts.Single(c => c.Queue == QueueKind.All).Count);
        Assert.Empty(await town.ToldAsync(login, number));
        Assert.False((await NewsAsync(town, number))!.Contains(actor));
        var open = (await (await town.AsAsync(login)).SendJsonAsync(HttpMethod.Get, "/api/public/requests")).Json<PublicLines>();
        Assert.Equal((1, plain), (open.Total, Assert.Single(open.Lines).Number));

        // The dispatchers of the county, who belong to none of them, have it.
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("paidan", number)).Status);
        Assert.Contains("新诉求 {0}（{1}）等待派单。", await town.ToldAsync("paidan", number));
    }

    [Fact]
    public async Task It_can_be_given_to_its_organisation_by_no_step_and_to_none_below_it()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(about: "dept-housing")).Number;
        foreach (var concerned in new[] { "dept-housing", AboutMunicipal })
        {
            await RefusedAsync("paidan", "dispatch", new { organisation = concerned });
            await RefusedAsync("paidan", "dispatch", new { organisation = "util-water", coHandlers = new[] { concerned } });
            await RefusedAsync("paidan", "offer", new { organisations = new[] { "team-youth", concerned } });
        }

        await town.DoAsync("paidan", number, "dispatch", new { organisation = "util-water" });
        await town.DoAsync("gongshui", number, "return", new { reason = "not-our-duty", explanation = "不归我们" });
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "util-water" });
        await town.DoAsync("gongshui", number, "return", new { reason = "not-our-duty", explanation = "不归我们" });
        await RefusedAsync("duban", "decision", new { organisation = AboutMunicipal, grounds = "三定方案" });
        await town.DoAsync("duban", number, "decision", new { organisation = "util-water", grounds = "由供水公司先办" });
        await town.DoAsync("gongshui", number, "signature");
        await RefusedAsync("gongshui", "tasks", new { title = "请说明情况", organisation = AboutMunicipal });

        async Task RefusedAsync(string who, string noun, object body) =>
            await town.RefusedAsync(who, number, noun, body, HttpStatusCode.Conflict, "organisation_is_concerned");
    }

    [Fact]
    public async Task It_is_never_proposed_to_its_organisation()
    {
        await using var town = await LoopTown.FoundAsync();
        var usual = (await town.ReportAsync("road-damage", "路面坑洼")).Number;
        var about = (await town.ReportAsync("road-damage", "修路拖了半年", about: AboutMunicipal)).Number;

        var proposals = await town.Town.InScopeAsync(async (ProposeOrganisation propose) => (Usual: await propose.RunAsync(usual, default), About: await propose.RunAsync(about, default)));

        Assert.Equal(AboutMunicipal, proposals.Usual.Organisation?.Code);
        Assert.NotEqual(AboutMunicipal, proposals.About.Organisation?.Code);
        Assert.DoesNotContain("value=\"dept-municipal\" selected", (await (await town.AsAsync("paidan")).GetAsync($"/work/requests/{about}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_merged_with_what_is_about_the_same_alone_so_that_no_twin_gives_it_away()
    {
        await using var town = await LoopTown.FoundAsync();
        var plain = (await town.ReportAsync(text: "井盖松了")).Number;
        var about = (await town.ReportAsync(text: "井盖松了没人管", about: AboutMunicipal)).Number;
        var twin = (await town.ReportAsync(text: "井盖三个月没人管", about: AboutMunicipal)).Number;

        await town.RefusedAsync("paidan", about, "merge", new { lead = plain }, HttpStatusCode.Conflict, "merge_is_concerned");
        await town.RefusedAsync("paidan", plain, "merge", new { lead = about }, HttpStatusCode.Conflict, "merge_is_concerned");
        await town.DoAsync("paidan", twin, "merge", new { lead = about });

        await town.DoAsync("paidan", plain, "dispatch", new { organisation = AboutMunicipal });
        foreach (var hidden in new[] { about, twin })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await town.ReadAsync("shizheng", hidden)).Status);
            Assert.DoesNotContain(hidden, (await town.ReadAsync("shizheng", plain)).Text, StringComparison.Ordinal);
        }

        await town.RefusedAsync("paidan", about, "dispatch", new { organisation = AboutMunicipal }, HttpStatusCode.Conflict, "organisation_is_concerned");
    }

    [Fact]
    public async Task It_is_not_published_where_its_organisation_would_read_it()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync("suggestion", "窗口中午没有人", about: AboutMunicipal)).Number;

        await town.RefusedAsync("paidan", number, "publication", null, HttpStatusCode.Conflict, "request_is_about_organisation");

        using var anybody = await town.Town.HttpAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync($"/requests/{number}")).Status);
    }

    [Fact]
    public async Task Overdue_it_is_told_to_its_organisation_neither()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AddPersonAsync("shizhengduban", new Shell.People.FoundedPost(Role.Supervisor, AboutMunicipal, "140427"));
        var number = (await town.ReportAsync(about: AboutMunicipal)).Number;

        town.Clock.Set((await town.ClockAsync(number, Clocks.ClockKind.Dispatch)).DueAt);
        await town.LookAtClocksAsync();

        Assert.NotEmpty(await town.ToldAsync("duban", number));
        Assert.Empty(await town.ToldAsync("shizhengduban", number));
    }

    [Fact]
    public async Task Open_workbenches_hear_of_it_only_not_those_of_its_organisation()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AddPersonAsync("shizhengduban", new Shell.People.FoundedPost(Role.Supervisor, AboutMunicipal, "140427"));
        var about = (await NewsAsync(town, (await town.ReportAsync(about: AboutMunicipal)).Number))!;
        var plain = (await NewsAsync(town, (await town.ReportAsync()).Number))!;

        Assert.True(about.Contains(await town.ActorAsync("paidan")));
        Assert.False(about.Contains(await town.ActorAsync("shizhengduban")));
        Assert.True(plain.Contains(await town.ActorAsync("shizhengduban")));
    }

    /// <summary>Whom open workbenches would be told of the request's first step.</summary>
    private static async Task<Shell.Live.LiveAudience?> NewsAsync(LoopTown town, string number)
    {
        var request = await town.LoadAsync(number);
        var first = await town.Town.ReadAsync(db => db.Set<RequestEvent>().SingleAsync(e => e.RequestId == request.Id && e.Sequence == 1));
        var happened = new RequestStepTaken(request.Id, number, first.Step.ToString(), first.From.ToString(), first.To.ToString(), first.Sequence, first.At);
        return (await town.Town.InScopeAsync((LiveQueue live) => live.DescribeAsync(happened, default)))?.Audience;
    }
}
