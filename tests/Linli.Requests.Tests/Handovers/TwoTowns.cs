using Linli.Requests.Handovers;
using Linli.Requests.Tests.Loop;
using Linli.Requests.Tests.Open311;
using Linli.Shell.Http.Outbound;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Handovers;

/// <summary>Two installations that talk to each other over a line: what the one dispatches to its municipal office is handled in the other.</summary>
internal sealed class TwoTowns : IAsyncDisposable
{
    public const string Office = "dept-municipal";

    private TwoTowns(LoopTown here, LoopTown there, Line line) => (Here, There, Line) = (here, there, line);

    public LoopTown Here { get; }
    public LoopTown There { get; }
    public Line Line { get; }

    public static async Task<TwoTowns> FoundAsync(bool knowsRepeats = false, string theirType = LoopTown.Plain, bool sendsContact = false)
    {
        var there = await LoopTown.FoundAsync(options: new TownOptions { RealPort = true });
        await there.Town.StartAsync();
        var here = await LoopTown.FoundAsync(options: new TownOptions { Settings = services => services.Configure<OutboundOptions>(o => o.Allowed = ["127.0.0.1"]) });
        var line = await Line.ToAsync(there.Town.Address);
        var key = await GeoTown.IssueAsync(there, GeoTown.Input("邻县"));
        var put = await (await here.AsAsync("guanli")).SendJsonAsync(HttpMethod.Put, $"/api/partners/{Office}", new PartnerInput($"{line.Address}/open311/v2/", null, key, new Dictionary<string, string> { [LoopTown.Plain] = theirType }, sendsContact, knowsRepeats));
        Assert.True(put.Status == System.Net.HttpStatusCode.OK, put.Text);
        return new TwoTowns(here, there, line);
    }

    /// <summary>Reported and dispatched to the office.</summary>
    public async Task<string> DispatchAsync(string text = "小区的楼道灯坏了，晚上看不见", string organisation = Office, string? email = null)
    {
        var number = (await Here.ReportAsync(text: text, email: email)).Number;
        await Here.DoAsync("paidan", number, "dispatch", new { organisation });
        await Here.Town.DeliverAsync();
        return number;
    }

    public Task SendAsync() => Here.Town.InScopeAsync((SendHandovers send) => send.RunAsync(default));

    public Task FollowAsync() => Here.Town.InScopeAsync((FollowHandovers follow) => follow.RunAsync(default));

    public async Task AfterAsync(TimeSpan time, Func<Task> work)
    {
        Here.Clock.Advance(time);
        There.Clock.Advance(time);
        await work();
    }

    public Task<Handover> HandoverAsync(string number) => Here.Town.ReadAsync(db => db.Set<Handover>().AsNoTracking()
        .Where(h => db.Set<ServiceRequest>().Any(r => r.Id == h.RequestId && r.Number == number)).OrderByDescending(h => h.EventSequence).FirstAsync());

    public Task<List<string>> TheirsAsync() => There.Town.ReadAsync(db => db.Set<ServiceRequest>().OrderBy(r => r.ReportedAt).Select(r => r.Number).ToListAsync());

    public async Task<Answer> DecideAsync(string who, string number, string decision, string? their = null)
    {
        var visitor = await Here.AsAsync(who);
        visitor.Language = "en";
        return await visitor.SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/handover", new { decision, number = their });
    }

    public async ValueTask DisposeAsync()
    {
        await Line.DisposeAsync();
        await Here.DisposeAsync();
        await There.DisposeAsync();
    }
}
