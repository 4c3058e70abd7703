using System.Net;
using Linli.Requests.Queue;
using Linli.Testing.Http;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>Lists: what is found, in which order, and that nothing is counted that one may not see.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task Two_characters_are_enough_to_find_a_request_and_every_word_must_be_there()
    {
        await using var town = await LoopTown.FoundAsync();
        var lamp = (await town.ReportAsync(text: "三号楼的路灯不亮，给孩子看书都难")).Number;
        var rare = (await town.ReportAsync(text: "王𠮷家门口 ＡＢＣ１２３ 号井 Café 😀 50%_off")).Number;
        var actor = await town.ActorAsync("paidan");

        Assert.Equal([lamp], await FindAsync("路灯"));
        Assert.Equal([lamp], await FindAsync("路灯 不亮"));
        Assert.Equal([lamp], await FindAsync("灯不"));
        Assert.Empty(await FindAsync("路灯 井盖"));
        Assert.Equal([rare], await FindAsync("𠮷家"));
        Assert.Equal([rare], await FindAsync("abc123"));
        Assert.Equal([rare], await FindAsync("CAFÉ"));
        Assert.Equal([rare], await FindAsync("😀"));
        Assert.Equal([rare], await FindAsync("50%_"));
        Assert.Equal([lamp], await FindAsync(lamp));
        Assert.Empty(await FindAsync("楼%灯"));
        Assert.Empty(await FindAsync("楼_号"));
        Assert.Empty(await FindAsync("' OR 1=1 --"));
        Assert.Empty(await FindAsync(new string('灯', 198) + "灯😀"));
        Assert.Equal(2, (await FindAsync("\u0000 \t")).Count);

        async Task<IReadOnlyList<string>> FindAsync(string words) =>
            [.. (await town.Town.InScopeAsync((QueueQuery queue) => queue.ListAsync(new QueueFilter(Words: words), actor, default))).Lines.Select(l => l.Number)];
    }

    [Fact]
    public async Task Pages_hold_every_request_once_in_one_order_even_when_all_came_in_the_same_second()
    {
        await using var town = await LoopTown.FoundAsync();
        var numbers = new List<string>();
        for (var i = 0; i < 65; i++)
        {
            numbers.Add((await town.ReportAsync(text: $"第{i}件事")).Number);
        }

        foreach (var sort in new[] { "urgent", "newest", "oldest" })
        {
            var first = await ListAsync($"sort={sort}");
            Assert.Equal((65, 3, 30), (first.Total, first.Pages, first.Lines.Count));
            var pages = new[] { first, await ListAsync($"sort={sort}&page=2"), await ListAsync($"sort={sort}&page=3") };
            Assert.Equal(numbers.Order(), pages.SelectMany(p => p.Lines).Select(l => l.Number).Order());
            Assert.Equal(first.Lines, (await ListAsync($"sort={sort}&page=1")).Lines);
        }

        foreach (var beyond in new[] { "99", "2147483647", "" })
        {
            Assert.InRange((await ListAsync($"page={beyond}")).Page, 1, 3);
        }

        foreach (var none in new[] { "page=99999999999999999999", "page=-1", "page=0", "page=x", "sort=due" })
        {
            Assert.Equal((HttpStatusCode.UnprocessableEntity, none.Split('=')[0]), ((await AskAsync(none)).Status, (await AskAsync(none)).Json().GetProperty("errors").EnumerateObject().Single().Name));
        }

        async Task<Answer> AskAsync(string query) => await (await town.AsAsync("paidan")).SendJsonAsync(HttpMethod.Get, $"/api/requests?{query}");
        async Task<QueueLines> ListAsync(string query) => (await AskAsync(query)).Json<QueueLines>();
    }

    [Fact]
    public async Task Filters_narrow_by_state_type_group_area_organisation_and_lateness_and_combine()
    {
        await using var town = await LoopTown.FoundAsync();
        var reported = (await town.ReportAsync()).Number;
        var lamp = (await town.ReportAsync("street-lamp", "路灯坏了", "140427203")).Number;
        var given = (await town.ReportAsync("road-damage", "路面坑洼")).Number;
        town.Clock.Advance(TimeSpan.FromHours(1));
        await town.DoAsync("paidan", given, "dispatch", new { organisation = "dept-municipal" });
        town.Clock.Set((await town.ClockAsync(given, Clocks.ClockKind.Sign)).DueAt.AddMinutes(-1));

        Assert.Equal([given], await FindAsync("state=dispatched"));
        Assert.Equal([lamp], await FindAsync("type=street-lamp"));
        Assert.Equal([given], await FindAsync("group=roads"));
        Assert.Equal([lamp], await FindAsync("area=140427203"));
        Assert.Equal([given], await FindAsync("organisation=dept-municipal"));
        Assert.Equal([reported, lamp], await FindAsync("late=true"));
        Assert.Equal([lamp], await FindAsync("late=true&area=140427203&state=reported&words=路灯"));
        Assert.Equal([given], await FindAsync("queue=toSign", "shizheng"));
        Assert.Equal([reported, lamp], await FindAsync("queue=triage"));
        Assert.Equal([lamp], await FindAsync("queue=triage", "shipo"));
        Assert.Empty(await FindAsync("state=closed"));

        async Task<IReadOnlyList<string>> FindAsync(string query, string login = "paidan")
        {
            var answer = await (await town.AsAsync(login)).SendJsonAsync(HttpMethod.Get, $"/api/requests?sort=oldest&{query}");
            var lines = answer.Json<QueueLines>();
            Assert.Equal(lines.Lines.Count, lines.Total);
            return [.. lines.Lines.Select(l => l.Number).OrderBy(n => Array.IndexOf([reported, lamp, given], n))];
        }
    }

    [Fact]
    public async Task Counts_never_include_what_one_may_not_see()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ReportAsync();
        await town.ReportAsync("vaccination", "打疫苗");
        await town.ReportAsync(area: "140427100002");
        await town.ReportAsync(area: "140427203");
        await town.ReportAsync(about: "town-longquan");

        Assert.Equal((5, 5), await CountAsync("paidan"));
        Assert.Equal((3, 3), await CountAsync("longquan"));
        Assert.Equal((1, 1), await CountAsync("shipo"));
        Assert.Equal((1, 0), await CountAsync("wangge1"));
        Assert.Equal((0, 0), await CountAsync("shizheng"));
        Assert.Equal((0, 0), await CountAsync("tongji"));
        Assert.Equal((5, 0), await CountAsync("shenji"));

        async Task<(int All, int Triage)> CountAsync(string login)
        {
            var queues = (await (await town.AsAsync(login)).SendJsonAsync(HttpMethod.Get, "/api/queues")).Json<IReadOnlyList<Work.QueueCount>>();
            var list = (await (await town.AsAsync(login)).SendJsonAsync(HttpMethod.Get, "/api/requests")).Json<QueueLines>();
            Assert.Equal(list.Total, queues.Single(q => q.Queue == QueueKind.All).Count);
            return (list.Total, queues.SingleOrDefault(q => q.Queue == QueueKind.Triage)?.Count ?? 0);
        }
    }
}
