using System.Net;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>The hand-held view.</summary>
public sealed class FieldTests
{
    private const string Field = "/work/field";

    [Fact]
    public async Task What_is_in_hand_stands_there_with_its_next_action_and_a_step_leads_back()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(text: "井盖松了")).Number;
        var municipal = await town.AsAsync("shizheng");
        Assert.DoesNotContain(number, (await municipal.GetAsync(Field)).Text, StringComparison.Ordinal);

        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        var toSign = await municipal.GetAsync(Field);
        Assert.Contains($"/work/requests/{number}/signature", toSign.Text, StringComparison.Ordinal);

        var signed = await municipal.PostFormAsync($"/work/requests/{number}/signature", ("from", "field"), ("version", $"{(await town.LoadAsync(number)).Version}"));
        Assert.Equal(Field, signed.Path);
        Assert.Contains($"{number}?from=field#step-resolution", signed.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"from\" value=\"field\"", (await municipal.GetAsync($"/work/requests/{number}?from=field")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grid_worker_sees_what_others_have_in_hand_in_the_own_area_alone_and_not_what_is_private()
    {
        await using var town = await LoopTown.FoundAsync();
        var here = await DispatchedAsync(Plain, Chengnan);
        var elsewhere = await DispatchedAsync(Plain, "140427100002");
        var own = await DispatchedAsync(Plain, Chengnan, about: "village-chengnan");

        var page = (await (await town.AsAsync("wangge1")).GetAsync(Field)).Text;

        Assert.Contains($"{here}?from=field#step-notes", page, StringComparison.Ordinal);
        Assert.DoesNotContain(elsewhere, page, StringComparison.Ordinal);
        Assert.DoesNotContain(own, page, StringComparison.Ordinal);

        async Task<string> DispatchedAsync(string type, string area, string? about = null)
        {
            var number = (await town.ReportAsync(type, area: area, about: about)).Number;
            await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
            return number;
        }
    }

    [Fact]
    public async Task Who_neither_handles_nor_walks_has_no_hand_held_view()
    {
        await using var town = await LoopTown.FoundAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await (await town.AsAsync("shenji")).GetAsync(Field)).Status);
    }
}
