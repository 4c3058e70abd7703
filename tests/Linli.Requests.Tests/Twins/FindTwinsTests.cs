using System.Net;
using System.Text.Json;
using Linli.Requests.Report;
using Linli.Requests.Tests.Loop;
using Linli.Requests.Twins;
using Linli.Testing;
using Linli.Testing.Http;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Twins;

/// <summary>Likely the same matter: while reporting and while dispatching.</summary>
public sealed class FindTwinsTests
{
    private const double Longitude = 113.1943, Latitude = 36.0890;

    [Fact]
    public async Task What_was_reported_nearby_is_found_with_distance_type_and_common_words()
    {
        await using var town = await LoopTown.FoundAsync();
        var near = await ReportAsync(town, "广场北门的路灯不亮，晚上看不见台阶", Plain, 0.002);
        await ReportAsync(town, "自来水发黄，有一股铁锈味", "water-leak", 0.001);
        await ReportAsync(town, "路灯全灭了", Plain, 0.05);
        await WatchAsync(town);

        var twin = Assert.Single(await FindAsync(town, new { text = "广场北门路灯不亮好几天了", serviceType = Plain, longitude = Longitude, latitude = Latitude }));
        Assert.Equal(near, twin.Number);
        Assert.True(twin is { IsSameType: true, CanBeJoined: true, Supporters: 1 });
        Assert.InRange(twin.Metres!.Value, 170, 190);
        Assert.Equal(["广场北门", "路灯不亮"], twin.Common);
    }

    [Fact]
    public async Task Without_a_place_only_a_retelling_is_found()
    {
        await using var town = await LoopTown.FoundAsync();
        var told = await ReportAsync(town, "城南菜市场门口的下水道堵了，污水流到马路上", Plain, 0);
        await ReportAsync(town, "马路上有个坑", Plain, 0);
        await WatchAsync(town);

        Assert.Equal([told], (await FindAsync(town, new { text = "城南菜市场门口下水道堵了，污水流到路上很臭" })).Select(t => t.Number));
    }

    [Fact]
    public async Task Nobody_finds_a_request_by_the_number_of_a_person()
    {
        await using var town = await LoopTown.FoundAsync();
        var told = await ReportAsync(town, "打 13812345678", Plain, 0);
        await WatchAsync(town);

        Assert.Empty(await FindAsync(town, new { text = "13812345678" }));
        Assert.Equal([told], (await town.Town.InScopeAsync(async (FindTwins find) => await find.ForStaffAsync(new TwinQuestion("13812345678", null, null, null), await town.ActorAsync("paidan"), default))).Select(t => t.Number));
    }

    [Fact]
    public async Task Residents_see_what_is_public_staff_what_they_may_see_and_those_it_is_about_nothing()
    {
        await using var town = await LoopTown.FoundAsync();
        const string told = "市政中心挖开路面一直不填，老人摔了一跤";
        var hidden = (await town.ReportAsync(text: told, about: "dept-municipal")).Number;
        var asked = (await town.ReportAsync(text: told + "！", about: "dept-municipal")).Number;
        var other = (await town.ReportAsync(text: told + "。")).Number;
        await WatchAsync(town);

        Assert.Equal([other], (await FindAsync(town, new { text = told })).Select(t => t.Number));
        Assert.Equal([hidden], (await TwinsOfAsync(town, "paidan", asked)).Select(t => t.Number));   // what is about somebody else cannot be merged
        await town.DoAsync("paidan", other, "dispatch", new { organisation = "dept-municipal" });
        Assert.Empty(await TwinsOfAsync(town, "shizheng", other));
        Assert.Empty(await TwinsOfAsync(town, "shizheng", asked));
    }

    [Fact]
    public async Task Another_instance_sees_what_this_one_takes_in_and_what_has_ended_is_gone()
    {
        await using var town = await LoopTown.FoundAsync();
        await using var other = Town.On(town.Town.Store, new TownOptions { Now = town.Clock.Now }, keepsStore: true);
        await other.InScopeAsync((TwinKeeper keeper) => keeper.LookAsync(default));

        var number = (await town.ReportAsync(text: "体育场的看台栏杆松动")).Number;
        Assert.Equal([number], await SeenAsync());
        await town.DoAsync(Reporter, number, "withdrawal");
        Assert.Empty(await SeenAsync());

        Task<List<string>> SeenAsync() => other.InScopeAsync(async (FindTwins find) => (await find.ForResidentsAsync(new("体育场看台栏杆松动", null, null, null), default)).Select(t => t.Number).ToList());
    }

    [Fact]
    public async Task The_report_form_shows_them_without_script_and_keeps_what_was_typed()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(text: "体育场的看台栏杆松动")).Number;
        await WatchAsync(town);
        using var visitor = await town.Town.HttpAsync();

        var looked = await visitor.PostFormAsync("/report", ("text", "体育场看台的栏杆松动了"), ("phone", "13800000000"), ("look", "yes"));

        Assert.Equal(HttpStatusCode.OK, looked.Status);
        Assert.Contains($"formaction=\"/requests/{number}/join\"", looked.Text, StringComparison.Ordinal);
        Assert.Contains("13800000000", looked.Text, StringComparison.Ordinal);
        Assert.Contains("没有找到相像的诉求", (await visitor.PostFormAsync("/report", ("text", "想学开车"), ("look", "yes"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dispatcher_merges_into_a_twin_with_one_press()
    {
        await using var town = await LoopTown.FoundAsync();
        var (first, second) = ((await town.ReportAsync(text: "体育场的看台栏杆松动")).Number, (await town.ReportAsync(text: "体育场看台栏杆松动，很危险")).Number);
        await WatchAsync(town);

        var page = (await (await town.AsAsync("paidan")).GetAsync($"/work/requests/{second}")).Text;
        Assert.Contains("data-key=\"1\"", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"lead\" value=\"{first}\"", page, StringComparison.Ordinal);
        Assert.Contains("<mark>看台栏杆松动</mark>", page, StringComparison.Ordinal);
        await (await town.AsAsync("paidan")).PostFormAsync($"/work/requests/{second}/merge", ("lead", first), ("version", "1"));

        Assert.Equal(2, (await town.LoadAsync(first)).Supporters);
    }

    private static Task WatchAsync(LoopTown town) => town.Town.InScopeAsync((TwinKeeper keeper) => keeper.LookAsync(default));

    private static async Task<string> ReportAsync(LoopTown town, string text, string type, double away)
    {
        var answer = await town.SendReportAsync(new { serviceType = type, text, place = new { longitude = Longitude + away, latitude = Latitude }, idempotencyKey = Guid.NewGuid().ToString("N") });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json().GetProperty("number").GetString()!;
    }

    private static async Task<List<TwinView>> FindAsync(LoopTown town, object question)
    {
        using var visitor = await town.Town.HttpAsync();
        return Read(await visitor.SendJsonAsync(HttpMethod.Post, "/api/public/twins", question));
    }

    private static async Task<List<TwinView>> TwinsOfAsync(LoopTown town, string who, string number) => Read(await (await town.AsAsync(who)).GetAsync($"/api/requests/{number}/twins"));

    private static List<TwinView> Read(Answer answer) =>
        answer.Status == HttpStatusCode.OK ? answer.Json().Deserialize<List<TwinView>>(Linli.Kernel.Json.Plain)! : throw new InvalidOperationException(answer.Text);
}
