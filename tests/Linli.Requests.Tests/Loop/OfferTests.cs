using System.Net;
using Linli.Requests.Life;

namespace Linli.Requests.Tests.Loop;

/// <summary>发布、接单: offered to several, taken by the first; or by nobody.</summary>
public sealed class OfferTests
{
    private static readonly object ToTwo = new { organisations = new[] { "social-neighbourhood", "team-youth" }, hours = 24, note = "周六上午" };

    [Fact]
    public async Task The_first_who_claims_has_it_and_the_others_are_told_that_it_is_gone()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "offer", ToTwo);
        await town.DeliverAsync();
        await town.RefusedAsync("hongmajia", number, "claim", null, HttpStatusCode.NotFound, "not_found");

        Assert.Equal(RequestState.InHand, (await town.DoAsync("huzhu", number, "claim")).State);

        await town.RefusedAsync("qingnian", number, "claim", null, HttpStatusCode.Conflict, "offer_over");
        await town.DeliverAsync();
        Assert.Equal("social-neighbourhood", (await town.ViewAsync("huzhu", number)).LeadCode);
        Assert.Equal(["诉求 {0}（{1}）正在发布，贵单位可以接单。", "诉求 {0}（{1}）已被别的单位接走。"], await town.ToldAsync("qingnian", number));
        Assert.Equal(["诉求 {0}（{1}）正在发布，贵单位可以接单。"], await town.ToldAsync("huzhu", number));
        Assert.Contains("诉求 {0}（{1}）已有单位接单。", await town.ToldAsync("paidan2", number));
    }

    [Fact]
    public async Task An_offer_that_nobody_claims_goes_back_to_the_dispatchers_at_its_end()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "offer", ToTwo);

        town.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await town.LookAtClocksAsync();
        Assert.Equal(RequestState.Offered, await town.StateAsync(number));
        town.Clock.Advance(TimeSpan.FromSeconds(1));
        await town.LookAtClocksAsync();

        Assert.Equal(RequestState.Reported, await town.StateAsync(number));
        Assert.Contains("诉求 {0}（{1}）发布到期，没有单位接单，请重新派单。", await town.ToldAsync("paidan", number));
        await town.RefusedAsync("huzhu", number, "claim", null, HttpStatusCode.Conflict, "offer_over");
        await town.DoAsync("paidan", number, "offer", ToTwo);
        Assert.Equal(RequestState.InHand, (await town.DoAsync("huzhu", number, "claim")).State);
    }

    [Fact]
    public async Task A_recalled_offer_cannot_be_claimed_any_more()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "offer", ToTwo);
        await town.RefusedAsync("huzhu", number, "recall", null, HttpStatusCode.Forbidden, "forbidden");

        Assert.Equal(RequestState.Reported, (await town.DoAsync("paidan", number, "recall")).State);

        await town.RefusedAsync("huzhu", number, "claim", null, HttpStatusCode.Conflict, "offer_over");
        Assert.Equal([Step.Report, Step.Offer, Step.Recall], await town.HistoryAsync(number));
    }

    [Fact]
    public async Task Somebody_who_serves_two_invited_organisations_says_for_which_one_it_is()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AddPersonAsync("liangtou", new(Kernel.People.Role.Handler, "social-neighbourhood", "140427"), new(Kernel.People.Role.Handler, "team-youth", "140427"));
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "offer", ToTwo);

        await town.RefusedAsync("liangtou", number, "claim", null, HttpStatusCode.UnprocessableEntity, "invalid");
        await town.RefusedAsync("liangtou", number, "claim", new { organisation = "dept-municipal" }, HttpStatusCode.UnprocessableEntity, "invalid");
        await town.DoAsync("liangtou", number, "claim", new { organisation = "team-youth" });

        Assert.Equal("team-youth", (await town.ViewAsync("paidan", number)).LeadCode);
    }
}
