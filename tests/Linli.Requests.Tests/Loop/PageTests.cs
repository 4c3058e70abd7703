using System.Net;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>What the pages show after a step.</summary>
public sealed class PageTests
{
    [Fact]
    public async Task Loading_the_address_of_a_refused_form_again_shows_the_request()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        var dispatcher = await town.AsAsync("paidan");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await dispatcher.PostFormAsync($"/work/requests/{number}/dispatch")).Status);

        var again = await dispatcher.GetAsync($"/work/requests/{number}/dispatch");

        Assert.Equal((HttpStatusCode.OK, $"/work/requests/{number}"), (again.Status, again.Path));
    }

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
    public async Task A_reporter_with_an_old_page_is_told_that_it_has_changed_and_not_who_did_what_among_staff()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        var seen = (await town.LoadAsync(number)).Version;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });

        var refused = await town.RefusedAsync(Reporter, number, "withdrawal", new { reason = "不用了", version = seen }, HttpStatusCode.Conflict, "changed_meanwhile");

        Assert.Contains("刚刚有变化", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain((await town.ActorAsync("paidan")).Name, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_comes_too_late_to_an_offer_is_told_so_on_the_page()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "offer", new { organisations = new[] { "social-neighbourhood", "team-youth" } });
        var late = await town.AsAsync("qingnian");
        var page = await late.GetAsync($"/work/requests/{number}");
        await town.DoAsync("huzhu", number, "claim");

        var refused = await late.SubmitAsync(page, "form[action$='/claim']");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("已经被别的单位接走", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_see_which_grade_was_given_each_time()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = "换了灯泡" });
        await town.DoAsync(Reporter, number, "rating", new { grade = "veryDissatisfied", comment = "还是坏的" });

        var page = await (await town.AsAsync("shizheng")).GetAsync($"/work/requests/{number}");

        Assert.Contains("非常不满意", page.Words, StringComparison.Ordinal);
    }

    /// <summary>Without its dash; with full-width signs, as an input method for Chinese gives them, and a long dash.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_number_is_found_however_it_is_written(bool isWide)
    {
        await using var town = await LoopTown.FoundAsync();
        var receipt = await town.ReportAsync();
        using var reporter = await town.Town.HttpAsync();
        var written = isWide ? Wide(receipt.Number.Replace('-', '—')) : receipt.Number.Replace("-", "", StringComparison.Ordinal);

        var shown = await reporter.PostFormAsync("/track", ("number", written), ("code", isWide ? Wide(receipt.SecretCode) : receipt.SecretCode));

        Assert.Equal($"/track/{receipt.Number}", shown.Path);
        Assert.Contains(receipt.Number, (await (await town.AsAsync("paidan")).GetAsync($"/work?queue=all&words={Uri.EscapeDataString(written)}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_field_of_the_look_up_is_named()
    {
        await using var town = await LoopTown.FoundAsync();
        using var reporter = await town.Town.HttpAsync();

        var page = await reporter.PostFormAsync("/track", ("number", "261122-000000"), ("code", ""));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("请填写这一项", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("对不上", page.Words, StringComparison.Ordinal);
    }

    /// <summary>A telephone number in a text of a public kind is for those who handle it.</summary>
    [Fact]
    public async Task Numbers_of_persons_are_masked_for_everybody_and_nobody_finds_by_them()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(text: "张三丰 13812345678 家门口灯坏了。身份证 140427199001011234")).Number;
        using var anybody = await town.Town.HttpAsync();

        string[] seen =
        [
            (await anybody.GetAsync($"/requests/{number}")).Text, (await anybody.GetAsync($"/api/requests/{number}")).Text, (await anybody.GetAsync("/requests")).Text,
            (await anybody.GetAsync("/api/public/requests")).Text, (await anybody.GetAsync("/api/public/requests.geojson")).Text, (await anybody.GetAsync("/")).Text,
        ];

        Assert.All(seen, text => Assert.DoesNotContain("2345678", text, StringComparison.Ordinal));
        Assert.All(seen, text => Assert.DoesNotContain("19900101", text, StringComparison.Ordinal));
        Assert.Contains("138********", seen[0], StringComparison.Ordinal);
        Assert.Equal(0, (await anybody.GetAsync("/api/public/requests?words=13812345678")).Json().GetProperty("total").GetInt32());
        Assert.Equal(0, (await anybody.GetAsync("/api/public/requests?words=1381234")).Json().GetProperty("total").GetInt32());
        Assert.DoesNotContain("2345678", (await (await town.AsAsync("paidan")).GetAsync($"/work/requests/{number}")).Words, StringComparison.Ordinal);
    }

    private static string Wide(string text) => string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c));

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
