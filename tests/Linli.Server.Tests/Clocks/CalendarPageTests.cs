using System.Net;
using Linli.Testing;

namespace Linli.Server.Tests.Clocks;

/// <summary>The calendar page of the workbench, without script.</summary>
public sealed class CalendarPageTests
{
    [Fact]
    public async Task Staff_see_the_year_with_a_sign_on_every_special_day_and_nothing_to_change()
    {
        await using var town = await Town.FoundAsync();
        using var handler = await town.HttpAsync("shizheng");

        var page = await handler.GetAsync("/work/calendars");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("壶关县机关工作日历", page.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(12, page.Page.QuerySelectorAll("table.cal").Length);
        Assert.Equal((33, 6), (page.Page.QuerySelectorAll("table.cal .cal-holiday").Length, page.Page.QuerySelectorAll("table.cal .cal-makeup").Length));
        Assert.All(page.Page.QuerySelectorAll("table.cal .cal-holiday"), d => Assert.EndsWith("休", d.TextContent, StringComparison.Ordinal));
        Assert.Contains("夏季作息", page.Words, StringComparison.Ordinal);
        Assert.Null(page.Page.QuerySelector("main form, a[href*='/days']"));
        Assert.True(page.Bytes.Length < 60_000, $"{page.Bytes.Length}");
        Assert.Contains("2027 年的放假安排还没有录入", (await handler.GetAsync("/work/calendars/huguan?year=2027")).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await handler.PostFormAsync("/work/calendars/huguan/days", ("from", "2026-03-05"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await handler.GetAsync("/work/calendars/mars")).Status);
    }

    [Fact]
    public async Task An_administrator_sees_what_would_move_before_a_day_is_closed_and_takes_it_back()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var report = await administrator.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = "old-estate", text = "楼道灯坏了", place = new { area = "140427100001" }, idempotencyKey = Guid.NewGuid().ToString("N") });
        var number = report.Json().GetProperty("number").GetString()!;
        using var dispatcher = await town.HttpAsync("paidan");
        Assert.Equal(HttpStatusCode.OK, (await dispatcher.SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/dispatch", new { organisation = "dept-municipal" })).Status);

        var form = await administrator.GetAsync("/work/calendars/huguan/days");
        var preview = await administrator.SubmitAsync(form, "main form", ("from", "2026-03-05"), ("kind", "Closure"), ("nameZh", "停电检修"));
        Assert.Equal("确认修改", preview.Page.QuerySelector("h1")!.TextContent);
        var row = preview.Page.QuerySelectorAll("main tbody tr").Single().TextContent;
        Assert.All([number, "办结时限", "2026-03-16 09:00", "2026-03-17 09:00"], text => Assert.Contains(text, row, StringComparison.Ordinal));
        Assert.DoesNotContain("停电检修", (await administrator.GetAsync("/work/calendars/huguan")).Words, StringComparison.Ordinal);

        var done = await administrator.SubmitAsync(preview, "main form");
        Assert.Contains("已保存", done.Words, StringComparison.Ordinal);
        Assert.Contains("2026-03-05（周四）：停办“停电检修”", done.Words, StringComparison.Ordinal);
        await town.DeliverAsync();
        Assert.Contains("工作日历有更正", (await administrator.GetAsync("/inbox")).Words + (await (await town.HttpAsync("shizheng")).GetAsync("/inbox")).Words, StringComparison.Ordinal);

        var correct = await administrator.GetAsync("/work/calendars/huguan/days?from=2026-03-05&until=2026-03-05");
        var removal = await administrator.SubmitAsync(correct, "form[action$='/edit']");
        Assert.Contains("删去本单位的安排", removal.Words, StringComparison.Ordinal);
        await administrator.SubmitAsync(removal, "main form");
        Assert.Null((await administrator.GetAsync("/work/calendars/huguan")).Page.QuerySelector(".cal .cal-closure"));
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_its_field_and_what_was_typed_stays()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");

        var form = await administrator.GetAsync("/work/calendars/huguan/days");
        var wrong = await administrator.SubmitAsync(form, "main form", ("from", "2026-10-01"), ("kind", "Holiday"), ("nameZh", "国庆节"), ("hours", "八点"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("看不懂工作时间“八点”", wrong.Page.QuerySelector("#f-hours-error")!.TextContent, StringComparison.Ordinal);
        var listed = await administrator.SubmitAsync(wrong, "main form", ("hours", ""));
        Assert.Contains("已有安排：国庆节", listed.Page.QuerySelector("#f-from-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("国庆节", listed.Page.QuerySelector("[name=nameZh]")!.GetAttribute("value"));

        var hours = await administrator.GetAsync("/work/calendars/huguan/hours?set=1");
        var overlapping = await administrator.SubmitAsync(hours, "main form", ("hours[1].Monday", "08:00-12:00 11:00-13:00"));
        Assert.Contains("重叠", overlapping.Page.QuerySelector("#f-hours-1--Monday-error")!.TextContent, StringComparison.Ordinal);

        var create = await administrator.GetAsync("/work/calendars/new");
        var closed = await administrator.SubmitAsync(create, "main form", ("code", "night"), ("nameZh", "夜市"), ("nameEn", "Night market"), ("weekdays", ""));
        Assert.Contains("没有任何工作时间", closed.Page.QuerySelector("#f-weekdays-error")!.TextContent, StringComparison.Ordinal);
        var made = await administrator.SubmitAsync(closed, "main form", ("weekdays", "18:00-24:00"));
        Assert.Contains("夜市", made.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_told_once()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");

        var refused = await administrator.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/work/calendars/huguan/import")
        {
            Content = new MultipartFormDataContent { { new StringContent("""{"year":2027,"days":[{"date":"2027-01-01","nameZh":"元旦","kind":"party"}]}"""), "file", "2027.json" } },
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(2, refused.Words.Split("第 1 条的 kind “party”不认识；可用 holiday, makeUp, closure").Length);
        Assert.NotNull(refused.Page.QuerySelector("#problems a[href='#f-file']"));
        Assert.NotNull(refused.Page.QuerySelector("#f-file"));
    }
}
