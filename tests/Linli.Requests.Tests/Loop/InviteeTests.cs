using System.Net;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>Whom an offer goes to, and what those learn who have not claimed it yet.</summary>
public sealed class InviteeTests
{
    [Fact]
    public async Task Who_reported_it_is_told_to_an_invited_organisation_only_once_it_has_claimed_it()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await ReportAsync(town);
        await town.DoAsync("paidan", number, "offer", new { organisations = new[] { "team-youth", "social-neighbourhood" } });

        var invited = await town.ReadAsync("qingnian", number);
        var page = await (await town.AsAsync("qingnian")).GetAsync($"/work/requests/{number}");

        Assert.True(invited.Json<Read.RequestView>().Staff!.IsContactHeldBack);
        foreach (var secret in (string[])["郝女士", "13800000123", "hao@example.org"])
        {
            Assert.DoesNotContain(secret, invited.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal);
        }

        Assert.Contains("接单后可以看到", page.Words, StringComparison.Ordinal);
        Assert.Equal("138****0123", (await town.ViewAsync("paidan", number)).Staff!.ContactPhone);
        await town.DoAsync("qingnian", number, "claim");
        Assert.Equal("138****0123", (await town.ViewAsync("qingnian", number)).Staff!.ContactPhone);
        Assert.Contains("h***@example.org", (await (await town.AsAsync("qingnian")).GetAsync($"/work/requests/{number}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_ticked_for_an_offer_and_those_who_help_with_such_things_come_first()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync("digital-help", "手机不会用", email: "hao@example.org")).Number;
        var form = (await (await town.AsAsync("paidan")).GetAsync($"/work/requests/{number}")).Text;
        form = form[form.IndexOf("id=\"step-offer\"", StringComparison.Ordinal)..];
        form = form[..form.IndexOf("</form>", StringComparison.Ordinal)];
        var folded = form.IndexOf("<details", StringComparison.Ordinal);

        Assert.DoesNotContain(" checked", form, StringComparison.Ordinal);
        Assert.InRange(form.IndexOf("value=\"team-youth\"", StringComparison.Ordinal), 0, folded);
        Assert.True(form.IndexOf("value=\"dept-development\"", StringComparison.Ordinal) > folded);
        Assert.InRange(form[..folded].Split("name=\"organisations\"").Length - 1, 1, 40);
    }

    private static async Task<string> ReportAsync(LoopTown town)
    {
        var answer = await town.SendReportAsync(new
        {
            serviceType = Plain, text = "想请人帮忙换灯泡", place = new { area = Chengnan }, name = "郝女士", phone = "13800000123", email = "hao@example.org", idempotencyKey = Guid.NewGuid().ToString("N"),
        });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var receipt = answer.Json<Requests.Report.ReportRequest.Receipt>();
        town.Remember(receipt);
        return receipt.Number;
    }
}
