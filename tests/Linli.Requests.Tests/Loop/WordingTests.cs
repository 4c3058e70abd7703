using System.Net;
using System.Text.RegularExpressions;

namespace Linli.Requests.Tests.Loop;

/// <summary>Sentences that once said nothing, or said it in the wrong language.</summary>
public sealed class WordingTests
{
    [Fact]
    public async Task A_proposal_speaks_of_groups_by_name_and_of_every_organisation_once()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync("road-damage", "路面塌了一个坑")).Number;

        var page = (await (await town.AsAsync("paidan")).GetAsync($"/work/requests/{number}")).Text;
        var form = page[page.IndexOf("id=\"step-dispatch\"", StringComparison.Ordinal)..];
        form = WebUtility.HtmlDecode(form[..form.IndexOf("</form>", StringComparison.Ordinal)]);

        var why = Regex.Matches(form, @"(?:建议派给)?(\w+?)(?:也是|是|：)“([^”]+)”在").Select(m => (Who: m.Groups[1].Value, What: m.Groups[2].Value)).ToList();
        Assert.NotEmpty(why);
        Assert.DoesNotContain(why, w => char.IsAscii(w.What[0]));
        Assert.Equal(why.Count, why.DistinctBy(w => w.Who).Count());
    }

    [Fact]
    public async Task A_missing_result_is_called_a_result_and_an_impossible_step_by_its_name()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        var early = await town.RefusedAsync("duban", number, "pause-decision", new { isGranted = false, note = "不" }, HttpStatusCode.Conflict, "step_not_possible");
        Assert.Contains("这时不能做“", early.Text, StringComparison.Ordinal);
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", number, "signature");

        var refused = await town.RefusedAsync("shizheng", number, "resolution", new { text = "好了" }, HttpStatusCode.UnprocessableEntity, "invalid");

        Assert.Contains("请选择办理结果。", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_in_a_report_is_named_in_the_order_of_the_page()
    {
        await using var town = await LoopTown.FoundAsync();
        var resident = await town.AsAsync(LoopTown.Reporter);

        var answer = await resident.PostFormAsync("/report", ("serviceType", "heating"), ("email", "not an address"), ("idempotencyKey", Guid.NewGuid().ToString("N")));

        var links = Regex.Matches(answer.Text[answer.Text.IndexOf("class=\"problems\"", StringComparison.Ordinal)..], "href=\"#f-([a-z-]+)\">([^<]+)").Select(m => m.Groups[1].Value).ToList();
        var fields = Regex.Matches(answer.Text, "id=\"f-([a-z-]+)\"").Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.True(links.Count >= 3, answer.Words);
        Assert.Equal(links.OrderBy(l => fields.IndexOf(l)), links);
        Assert.DoesNotContain("请填写这一项。", answer.Words, StringComparison.Ordinal);
    }
}
