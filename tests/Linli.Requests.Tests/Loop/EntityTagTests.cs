using System.Net;
using System.Net.Http.Json;
using Linli.Requests.Read;
using Linli.Testing.Http;

namespace Linli.Requests.Tests.Loop;

/// <summary>Whoever has something already need not fetch it again, and whoever changes it says what they looked at.</summary>
public sealed class EntityTagTests
{
    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        var staff = await town.AsAsync("paidan");
        var first = await staff.GetAsync($"/api/requests/{number}");
        var again = await GetAsync(staff, number, first.Headers["ETag"]);
        Assert.Equal((HttpStatusCode.NotModified, 0, first.Headers["ETag"]), (again.Status, again.Bytes.Length, again.Headers["ETag"]));
        Assert.StartsWith("\"1-", first.Headers["ETag"], StringComparison.Ordinal);

        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        var changed = await GetAsync(staff, number, first.Headers["ETag"]);
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(2, changed.Json<RequestView>().Version);
    }

    /// <summary>The tag is of what this reader sees: another's tells nothing and opens nothing.</summary>
    [Fact]
    public async Task Tags_of_two_readers_differ_and_a_refusal_has_none()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(about: "dept-municipal")).Number;
        var seen = await (await town.AsAsync("paidan")).GetAsync($"/api/requests/{number}");
        using var nobody = await town.Town.HttpAsync();
        var refused = await GetAsync(nobody, number, seen.Headers["ETag"]);

        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        Assert.False(refused.Headers.ContainsKey("ETag"));
        Assert.NotEqual(seen.Headers["ETag"], (await (await town.AsAsync("duban")).GetAsync($"/api/requests/{number}")).Headers["ETag"]);
    }

    [Fact]
    public async Task A_step_on_what_has_changed_meanwhile_is_refused_with_what_changed()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        var tag = (await (await town.AsAsync("paidan")).GetAsync($"/api/requests/{number}")).Headers["ETag"];
        await town.DoAsync("duban", number, "notes", new { note = "先看看", isInternal = true });

        var before = await town.WrittenAsync();
        var refused = await DispatchAsync(town, number, tag);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "changed_meanwhile"), (refused.Status, refused.ProblemCode));
        Assert.Equal(2, refused.Json().GetProperty("version").GetInt32());
        Assert.Equal("note", refused.Json().GetProperty("changes")[0].GetProperty("step").GetString());
        Assert.Equal(before, await town.WrittenAsync());

        var fresh = (await (await town.AsAsync("paidan")).GetAsync($"/api/requests/{number}")).Headers["ETag"];
        Assert.Equal(HttpStatusCode.OK, (await DispatchAsync(town, number, fresh)).Status);
    }

    [Theory]
    [InlineData("\"rubbish\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"99999999999999-abc\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("*", HttpStatusCode.OK)]
    public async Task A_tag_that_is_none_of_ours_matches_nothing_and_a_star_everything(string tag, HttpStatusCode status)
    {
        await using var town = await LoopTown.FoundAsync();
        Assert.Equal(status, (await DispatchAsync(town, (await town.ReportAsync()).Number, tag)).Status);
    }

    private static Task<Answer> GetAsync(Visitor visitor, string number, string tag) => visitor.SendRawAsync(HttpMethod.Get, $"/api/requests/{number}", null, [("If-None-Match", tag), ("Accept", "application/json")]);

    private static async Task<Answer> DispatchAsync(LoopTown town, string number, string tag) => await (await town.AsAsync("paidan")).SendRawAsync(
        HttpMethod.Put, $"/api/requests/{number}/dispatch", JsonContent.Create(new { organisation = "dept-municipal" }), [("If-Match", tag), ("X-Linli", "1"), ("Accept", "application/json")]);
}
