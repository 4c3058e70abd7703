using System.Net;
using Linli.Requests.Tests.Loop;
using Linli.Requests.Tests.Open311;
using Linli.Shell.Clients;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Keeping;
using Linli.Testing.Http;

namespace Linli.Requests.Tests.Ledgers;

/// <summary>Nobody is offered a ledger that can never be filled for them, and programs get none that colleagues wrote for each other.</summary>
public sealed class ReaderTests
{
    [Fact]
    public async Task A_key_has_ready_made_forms_alone_and_learns_nothing_of_what_colleagues_share()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.FillAsync();
        var id = await town.SaveAsync("duban", TotalsTests.ByTown with { Name = "张三反映的", Filters = new Dictionary<string, string> { ["words"] = "张三" } });
        var plain = await town.SaveAsync("duban", TotalsTests.ByTown with { Name = "各乡镇" });
        foreach (var shared in new[] { id, plain })
        {
            Assert.Equal(HttpStatusCode.OK, (await (await town.AsAsync("duban")).SendJsonAsync(HttpMethod.Put, $"/api/ledgers/{shared}/sharing", new { forAll = true })).Status);
        }

        var key = await GeoTown.IssueAsync(town, new ClientInput("Dashboard", null, ["ledgers.read"], null, 600, null, null));
        var client = await town.AsAsync(LoopTown.Reporter);
        Task<Answer> CallAsync(string path) => client.SendRawAsync(HttpMethod.Get, path, null, [("Authorization", $"Bearer {key}")]);

        var listed = await CallAsync("/api/ledgers");
        Assert.Equal(["county-monthly", "departments", "satisfaction", "township-weekly"], listed.Json<LedgerView[]>().Select(l => l.Id).Order());
        Assert.DoesNotContain("张三", listed.Text, StringComparison.Ordinal);
        Assert.All(listed.Json<LedgerView[]>(), l => Assert.Null(l.Owner));
        foreach (var path in new[] { $"/api/ledgers/{id}", $"/api/ledgers/{id}/lines", $"/api/ledgers/{plain}", $"/api/ledgers/{plain}/lines" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await CallAsync(path)).Status);
        }

        foreach (var ledger in listed.Json<LedgerView[]>())
        {
            Assert.Equal(HttpStatusCode.OK, (await CallAsync($"/api/ledgers/{ledger.Id}/lines")).Status);
        }

        foreach (var path in new[] { "/api/ledgers/overdue", "/api/ledgers/overdue/lines", "/api/ledgers/visits/lines", "/api/ledgers/repeated/lines" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(path)).Status);
        }

        var columns = (await CallAsync("/api/ledgers/sources")).Json<LedgerSourceAnswer[]>().Single(s => s.Key == "requests").Columns.Select(c => c.Key).ToList();
        Assert.Contains("town", columns);
        Assert.DoesNotContain("title", columns);
    }

    [Theory]
    [InlineData("tongji")]
    [InlineData("guanli")]
    public async Task Lists_are_not_offered_to_those_who_only_count_and_say_so_where_they_are_opened(string who)
    {
        await using var town = await LoopTown.FoundAsync();
        var list = await town.SaveAsync("duban", LedgerTown.Plain("number", "title"));
        await (await town.AsAsync("duban")).SendJsonAsync(HttpMethod.Put, $"/api/ledgers/{list}/sharing", new { forAll = true });
        var reader = await town.AsAsync(who);

        var offered = (await reader.GetAsync("/api/ledgers")).Json<LedgerView[]>().Select(l => l.Id).ToList();
        Assert.Equal(["county-monthly", "departments", "satisfaction", "township-weekly"], offered.Order());
        foreach (var path in new[] { "/work/ledgers/overdue", "/work/ledgers/overdue/print", $"/work/ledgers/{list}", "/work/ledgers/new?from=overdue", "/api/ledgers/overdue/lines", $"/api/ledgers/{list}" })
        {
            var refused = await reader.GetAsync(path);
            Assert.True(refused.Status == HttpStatusCode.Forbidden, $"{path} {refused.Status}");
            Assert.Contains("您的岗位看合计，不看一件件的记录", refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendJsonAsync(HttpMethod.Post, "/api/ledgers/overdue/exports", new { format = "csv" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendJsonAsync(HttpMethod.Post, "/api/ledgers", LedgerTown.Plain("number"))).Status);
        Assert.Equal(7, (await (await town.AsAsync("duban")).GetAsync("/api/ledgers")).Json<LedgerView[]>().Count(l => l.Owner is null));
    }

    [Fact]
    public async Task The_builder_of_those_who_only_count_offers_what_counts()
    {
        await using var town = await LoopTown.FoundAsync();
        var counting = (await (await town.AsAsync("tongji")).GetAsync("/work/ledgers/new?source=requests")).Text;
        Assert.Contains("<input type=\"hidden\" name=\"onlyTotals\" value=\"true\"", counting, StringComparison.Ordinal);
        foreach (var never in new[] { "type=\"checkbox\" name=\"onlyTotals\"", "value=\"title\"", "value=\"village\"", "value=\"isPublished\"", "filters.words", "value=\"Yesterday\"" })
        {
            Assert.DoesNotContain(never, counting, StringComparison.Ordinal);
        }

        Assert.Contains("value=\"town\"", counting, StringComparison.Ordinal);
        var sources = (await (await town.AsAsync("tongji")).GetAsync("/work/ledgers/new")).Text;
        Assert.DoesNotContain("\"/work/ledgers/new?source=requests\"", sources, StringComparison.Ordinal);
        var seeing = (await (await town.AsAsync("duban")).GetAsync("/work/ledgers/new?source=requests")).Text;
        Assert.Contains("value=\"title\"", seeing, StringComparison.Ordinal);
        Assert.Contains("value=\"Yesterday\"", seeing, StringComparison.Ordinal);
    }
}
