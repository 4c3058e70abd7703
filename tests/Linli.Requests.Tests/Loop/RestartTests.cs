using System.Net;
using Linli.Testing;
using Linli.Testing.Http;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>Pages that were open when the server was restarted, an upgrade or a power cut.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_form_that_was_open_still_goes_through_and_the_reporter_is_still_known()
    {
        await using var store = await Town.FoundAsync();
        Visitor residentBefore, dispatcherBefore;
        Answer formBefore, taskBefore, filed;
        await using (var before = Town.On(store.Store, keepsStore: true))
        {
            residentBefore = await before.HttpAsync();
            filed = await residentBefore.PostFormAsync("/report", ("serviceType", Plain), ("text", "楼道灯坏了"), ("area", Chengnan));
            formBefore = await residentBefore.GetAsync("/report?type=old-estate");
            dispatcherBefore = await before.HttpAsync("paidan");
            taskBefore = await dispatcherBefore.GetAsync($"/work/requests/{NumberIn(filed)}");
        }

        await using var after = Town.On(store.Store, keepsStore: true);
        using var resident = await after.HttpAsync(residentBefore);
        var second = await resident.SubmitAsync(formBefore, "form[action='/report']", ("text", "楼道的窗户也坏了"), ("area", Chengnan));
        Assert.Contains("收到了，谢谢您", second.Words, StringComparison.Ordinal);
        Assert.Contains("楼道灯坏了", (await resident.GetAsync(filed.Path)).Words, StringComparison.Ordinal);

        using var dispatcher = await after.HttpAsync(dispatcherBefore);
        var dispatched = await dispatcher.SubmitAsync(taskBefore, "form[action$='/dispatch']", ("organisation", "dept-municipal"));
        Assert.Equal(HttpStatusCode.OK, dispatched.Status);
        Assert.Contains("已办理：派单", dispatched.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_else_did_after_the_restart_is_told_to_the_page_from_before()
    {
        await using var store = await Town.FoundAsync();
        Visitor dispatcherBefore;
        Answer taskBefore;
        string number;
        await using (var before = Town.On(store.Store, keepsStore: true))
        {
            using var resident = await before.HttpAsync();
            number = NumberIn(await resident.PostFormAsync("/report", ("serviceType", Plain), ("text", "楼道灯坏了"), ("area", Chengnan)));
            dispatcherBefore = await before.HttpAsync("paidan");
            taskBefore = await dispatcherBefore.GetAsync($"/work/requests/{number}");
        }

        await using var after = Town.On(store.Store, keepsStore: true);
        using var other = await after.HttpAsync("paidan2");
        await other.SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/dispatch", new { organisation = "util-water" });
        using var dispatcher = await after.HttpAsync(dispatcherBefore);
        var refused = await dispatcher.SubmitAsync(taskBefore, "form[action$='/dispatch']", ("organisation", "dept-municipal"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("派单", refused.Words, StringComparison.Ordinal);
        Assert.Contains("请看过最新情况再操作", refused.Words, StringComparison.Ordinal);
    }

    private static string NumberIn(Answer filed) => filed.Path.Split('/')[^1];
}
