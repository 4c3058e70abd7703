using System.Net;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>What the pages show after a step.</summary>
public sealed class PageTests
{
    [Fact]
    public async Task Whoever_returns_a_request_no_longer_sees_it_and_is_told_so_on_the_workbench()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync("suggestion", "窗口中午没有人")).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        var municipal = await town.AsAsync("shizheng");

        var after = await municipal.PostFormAsync($"/work/requests/{number}/return", ("reason", "not-our-duty"), ("explanation", "不属于市政"));

        Assert.Equal((HttpStatusCode.OK, "/work"), (after.Status, after.Path));
        Assert.Contains("已办理：退单", after.Words, StringComparison.Ordinal);
        Assert.Contains(number, after.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/work?done=999&about=<b>x</b>")]
    [InlineData("/work?done=nothing")]
    [InlineData("/work/field?done=999")]
    public async Task A_step_in_the_address_that_does_not_exist_is_passed_over(string path)
    {
        await using var town = await LoopTown.FoundAsync();

        var page = await (await town.AsAsync("shizheng")).GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("已办理", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>x</b>", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_code_is_shown_after_reporting_and_not_with_what_comes_later()
    {
        await using var town = await LoopTown.FoundAsync();
        using var reporter = await town.Town.HttpAsync();

        var filed = await reporter.PostFormAsync("/report", ("serviceType", Plain), ("text", "楼道灯坏了"), ("area", Chengnan));
        Assert.Contains("查询码", filed.Words, StringComparison.Ordinal);

        var noted = await reporter.PostFormAsync($"{filed.Path}/notes", ("note", "三楼也坏了"));
        Assert.Equal(filed.Path, noted.Path);
        Assert.Contains("已办理：补充情况", noted.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("收到了，谢谢您", noted.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_click_is_the_first_one_and_later_it_is_told_that_something_has_changed()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", number, "signature");
        var seen = (await town.LoadAsync(number)).Version;
        await town.DoAsync("shizheng", number, "contact", new { isReached = true, note = "说好了", version = seen });

        await town.DoAsync("shizheng", number, "contact", new { isReached = true, note = "说好了", version = seen });
        town.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await town.RefusedAsync("shizheng", number, "contact", new { isReached = true, note = "另一个页面写的", version = seen }, HttpStatusCode.Conflict, "changed_meanwhile");

        Assert.Contains("联系群众", late.Text, StringComparison.Ordinal);
        Assert.Single(await town.HistoryAsync(number), Life.Step.Contact);
    }
}
