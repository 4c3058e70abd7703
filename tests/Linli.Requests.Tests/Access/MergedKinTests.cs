using System.Net;
using Linli.Requests.Read;
using Linli.Requests.Tests.Loop;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Access;

/// <summary>What is merged with a request is named to those alone who may see it themselves.</summary>
public sealed class MergedKinTests
{
    private const string Private = "vaccination";
    private const string Told = "孩子打了疫苗发烧";

    [Fact]
    public async Task Followers_are_named_with_their_titles_to_those_alone_who_may_see_them()
    {
        await using var town = await LoopTown.FoundAsync();
        var (lead, follower) = await MergedAsync(town);
        await town.DoAsync("paidan", lead, "dispatch", new { organisation = "dept-municipal" });

        Assert.Equal([follower], (await town.ViewAsync("paidan", lead)).Staff!.Followers.Select(f => f.Number));
        foreach (var login in new[] { "shizheng", "wangge1" })
        {
            var read = await town.ReadAsync(login, lead);
            Assert.Equal(HttpStatusCode.OK, read.Status);
            Assert.DoesNotContain(follower, read.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(Told, read.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(follower, (await (await town.AsAsync(login)).GetAsync($"/work/requests/{lead}")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_organisation_that_is_only_invited_reads_of_no_followers()
    {
        await using var town = await LoopTown.FoundAsync();
        var (lead, follower) = await MergedAsync(town);
        await town.DoAsync("paidan", lead, "offer", new { organisations = new[] { "dept-municipal" } });

        Assert.Empty((await town.ViewAsync("shizheng", lead)).Staff!.Followers);
        Assert.DoesNotContain(follower, (await town.ReadAsync("shizheng", lead)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lead_is_named_to_those_alone_who_may_see_it_and_to_the_reporter_who_follows_it()
    {
        await using var town = await LoopTown.FoundAsync();
        var lead = (await town.ReportAsync(Private, Told)).Number;
        var follower = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", follower, "merge", new { lead });

        Assert.Equal(lead, (await town.ViewAsync("paidan", follower)).MergedInto);
        Assert.Equal(lead, (await town.ViewAsync(Reporter, follower)).MergedInto);
        var read = await town.ReadAsync("wangge1", follower);   // sees public kinds alone
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.DoesNotContain(lead, read.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(lead, (await (await town.Town.HttpAsync()).GetAsync($"/requests/{follower}")).Text, StringComparison.Ordinal);
    }

    private static async Task<(string Lead, string Follower)> MergedAsync(LoopTown town)
    {
        var lead = (await town.ReportAsync()).Number;
        var follower = (await town.ReportAsync(Private, Told)).Number;
        await town.DoAsync("paidan", follower, "merge", new { lead });
        return (lead, follower);
    }
}
