using System.Net;
using Linli.Requests.Tests.Loop;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Twins;

/// <summary>热点: what many requests are about, for each who may see them.</summary>
public sealed class TopicPageTests
{
    [Fact]
    public async Task Staff_see_the_topics_of_what_they_may_see_with_the_requests_behind_them()
    {
        await using var town = await LoopTown.FoundAsync();
        string[] told = ["翠竹苑小区旁水泥搅拌厂粉尘太大", "翠竹苑小区旁水泥搅拌厂夜里噪音", "请关停翠竹苑小区旁的水泥搅拌厂", "翠竹苑小区旁水泥搅拌厂太吵"];
        foreach (var text in told.Concat(["路灯不亮三天了", "想学开车哪里报名", "自来水发黄有铁锈味", "公交车等了一个小时", "井盖丢了一个", "广场健身器材坏了"]))
        {
            await town.ReportAsync(text: text, about: text.Contains("翠竹苑", StringComparison.Ordinal) ? "dept-municipal" : null);
        }

        var seen = (await (await town.AsAsync("paidan")).GetAsync("/api/topics?days=30")).Json();
        var topic = Assert.Single(seen.GetProperty("topics").EnumerateArray());
        Assert.Contains("搅拌厂", topic.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal((4, 4, 10), (topic.GetProperty("requests").GetInt32(), topic.GetProperty("behind").GetArrayLength(), seen.GetProperty("looked").GetInt32()));
        Assert.Contains("搅拌厂", (await (await town.AsAsync("paidan")).GetAsync("/work/topics")).Text, StringComparison.Ordinal);

        // Those whom it is about, and those who handle other things, learn nothing of it.
        var page = await (await town.AsAsync("shizheng")).GetAsync("/work/topics");
        Assert.Contains("没有看到热点", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("翠竹苑", page.Text, StringComparison.Ordinal);
        using var visitor = await town.Town.HttpAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("/api/topics")).Status);
    }
}
