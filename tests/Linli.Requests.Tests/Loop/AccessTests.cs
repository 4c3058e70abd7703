using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Loop;

/// <summary>The rule of who may see a request exists twice, as a question and as a query; here both are asked about everybody and everything.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task What_one_may_see_and_what_lists_show_is_the_same_for_everybody()
    {
        await using var town = await LoopTown.FoundAsync();
        var numbers = await FillAsync(town);
        var people = await PeopleAsync(town);
        var requests = new List<ServiceRequest>();
        foreach (var number in numbers)
        {
            requests.Add(await town.LoadAsync(number));
        }

        Assert.True(requests.Select(r => r.State).Distinct().Count() >= 8);
        var seenByAnybody = new HashSet<int>();
        foreach (var (name, actor) in people)
        {
            var listed = await town.Town.ReadAsync(db => db.Set<ServiceRequest>().VisibleTo(actor).Select(r => r.Number).ToListAsync());
            var may = requests.Where(r => RequestAccess.CanSee(new Caller(actor), r)).Select(r => r.Number).ToList();
            Assert.True(may.Order().SequenceEqual(listed.Order()), $"{name} may see {string.Join(", ", may.Except(listed))} that no list shows, and lists show {string.Join(", ", listed.Except(may))} that may not be seen.");
            seenByAnybody.Add(may.Count);
        }

        Assert.Contains(numbers.Count, seenByAnybody);
        Assert.Contains(0, seenByAnybody);
        Assert.True(seenByAnybody.Count > 5, "The people see too much of the same for this to prove anything.");
    }

    [Fact]
    public async Task Nobody_is_offered_a_step_on_a_request_that_they_may_not_see()
    {
        await using var town = await LoopTown.FoundAsync();
        var numbers = await FillAsync(town);
        foreach (var (name, actor) in await PeopleAsync(town))
        {
            foreach (var number in numbers)
            {
                var request = await town.LoadAsync(number);
                Assert.True(RequestAccess.CanSee(new Caller(actor), request) || !RequestAccess.StepsOf(new Caller(actor), request).Any(), $"{name} {number}");
            }
        }
    }

    /// <summary>Requests of every visibility, in many states, inside and outside villages, about nobody and about several.</summary>
    private static async Task<IReadOnlyList<string>> FillAsync(LoopTown town)
    {
        const string shipo = "140427203";
        var numbers = new List<string>();
        foreach (var (type, area, about) in new[]
        {
            (LoopTown.Plain, LoopTown.Chengnan, null), (LoopTown.Plain, "140427100002", null), (LoopTown.Plain, shipo, null), ("vaccination", LoopTown.Chengnan, null), ("suggestion", "140427", null),
            (LoopTown.Plain, LoopTown.Chengnan, "dept-municipal"), (LoopTown.Plain, shipo, "town-shipo"), ("vaccination", LoopTown.Chengnan, "town-longquan"), (LoopTown.Plain, LoopTown.Chengnan, "gov-county"),
        })
        {
            numbers.Add((await town.ReportAsync(type, area: area, about: about)).Number);
        }

        var nowhere = await town.SendReportAsync(new { serviceType = LoopTown.Plain, text = "说不清在哪里" });
        numbers.Add(nowhere.Json().GetProperty("number").GetString()!);
        numbers.Add((await town.ReportAsync()).Number);
        await town.DoAsync("paidan", numbers[^1], "dispatch", new { organisation = "dept-municipal", coHandlers = new[] { "util-water" } });
        numbers.Add((await town.ReportAsync()).Number);
        await town.DoAsync("paidan", numbers[^1], "offer", new { organisations = new[] { "team-youth", "social-neighbourhood" } });
        numbers.Add((await town.ReportAsync("vaccination")).Number);
        await town.DoAsync("paidan", numbers[^1], "offer", new { organisations = new[] { "team-youth", "social-neighbourhood" } });
        await town.DoAsync("qingnian", numbers[^1], "claim");
        numbers.Add((await town.ReportAsync("vaccination")).Number);
        await town.DoAsync("paidan", numbers[^1], "dispatch", new { organisation = "dept-municipal", coHandlers = new[] { "village-chengnan" } });
        await town.DoAsync("shizheng", numbers[^1], "signature");
        await town.DoAsync("shizheng", numbers[^1], "tasks", new { title = "帮忙接送", organisation = "village-chengnan" });
        numbers.Add((await town.ReportAsync("vaccination", about: "dept-municipal")).Number);
        await town.DoAsync("paidan", numbers[^1], "dispatch", new { organisation = "dept-traffic-police" });
        await town.DoAsync("jiaojing", numbers[^1], "signature");
        await town.DoAsync("jiaojing", numbers[^1], "resolution", new { result = "solved", text = "好了" });
        foreach (var (noun, body) in new (string, object)[]
        {
            ("refusal", new { reason = "outside-county", instead = "邻县" }), ("question", new { question = "在哪里？" }), ("merge", new { lead = numbers[0] }),
        })
        {
            numbers.Add((await town.ReportAsync()).Number);
            await town.DoAsync("paidan", numbers[^1], noun, body);
        }

        numbers.Add((await town.ReportAsync("vaccination")).Number);
        await town.DoAsync(LoopTown.Reporter, numbers[^1], "withdrawal");
        foreach (var person in new[] { "王某某", null })
        {
            var answer = await town.SendReportAsync(new { serviceType = LoopTown.Plain, text = "上班时间不在岗", place = new { area = LoopTown.Chengnan }, aboutPerson = person });
            numbers.Add(answer.Json().GetProperty("number").GetString()!);
        }

        await town.DoAsync("paidan2", numbers[^1], "recusals", new { reason = "亲属" });
        await town.ChangeTypeAsync("conduct-complaint", t => (t.Fields, t.IsContactRequired, t.AllowsAnonymous) = ([], false, true));
        numbers.Add((await town.ReportAsync("conduct-complaint")).Number);
        await town.DoAsync("paidan", numbers[^1], "dispatch", new { organisation = "dept-municipal", coHandlers = new[] { "util-water" } });
        numbers.Add(await FiledByAsync(town, "wangge1", "vaccination", null));
        numbers.Add(await FiledByAsync(town, "wangge1", LoopTown.Plain, "town-longquan"));
        return numbers;
    }

    private static async Task<string> FiledByAsync(LoopTown town, string login, string type, string? about)
    {
        var answer = await (await town.AsAsync(login)).SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = type, text = "替老人报", place = new { area = "140427100002" }, about });
        Assert.True(answer.Status == System.Net.HttpStatusCode.Created, answer.Text);
        return answer.Json().GetProperty("number").GetString()!;
    }

    /// <summary>Everybody of the demo county, and some whose posts nobody has there.</summary>
    private static async Task<IReadOnlyList<(string Name, Actor Actor)>> PeopleAsync(LoopTown town)
    {
        var people = new List<(string, Actor)>();
        foreach (var login in await town.Town.ReadAsync(db => db.Set<Shell.Accounts.Account>().Select(a => a.UserName!).ToListAsync()))
        {
            people.Add((login, await town.ActorAsync(login)));
        }

        var municipal = (await town.ActorAsync("shizheng")).Posts[0];
        people.AddRange(
        [
            ("a resident", Actor.Anonymous), ("an account without a post", new Actor(ActorKind.Staff, Guid.CreateVersion7(), "—", [])),
            ("a grid worker of everything", Staff("—", municipal with { Role = Role.GridWorker, OrganisationId = null, Organisations = [], Above = [] })),
            ("a supervisor of one grid", Staff("—", municipal with { Role = Role.Supervisor, AreaCode = LoopTown.Chengnan, IsJurisdictionWide = false })),
            ("a verifier of the municipal centre", Staff("—", municipal with { Role = Role.Verifier })),
            ("a handler who audits", Staff("—", municipal, municipal with { Role = Role.Auditor, AreaCode = "140427203", IsJurisdictionWide = false })),
            ("a dispatcher of some service groups", Staff("—", municipal with { Role = Role.Dispatcher, OrganisationId = null, Organisations = [], Above = [], Groups = ["facilities", "health"] })),
            ("a dispatcher who is not cleared", Staff("—", municipal with { Role = Role.Dispatcher, OrganisationId = null, Organisations = [], Above = [], SeesSensitive = false })),
            ("a handler of some service groups who is not cleared", Staff("—", municipal with { Groups = ["facilities"], SeesSensitive = false }, municipal with { Role = Role.GridWorker, Groups = ["health"] })),
            ("whom a request is about", Staff("王某某", municipal with { Role = Role.Supervisor, OrganisationId = null, Organisations = [], Above = [] })),
            ("a statistician of a department", Staff("—", municipal with { Role = Role.Statistician })),
        ]);
        return people;

        static Actor Staff(string name, params Post[] posts) => new(ActorKind.Staff, Guid.CreateVersion7(), name, posts);
    }
}
