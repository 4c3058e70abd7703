using System.Net;
using Linli.Kernel.People;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Clients;
using Linli.Shell.People;
using static Linli.Requests.Tests.Open311.GeoTown;

namespace Linli.Requests.Tests.Open311;

/// <summary>Keys of other programs: who issues them for where, and what is seen of them.</summary>
public sealed class KeyTests
{
    private const string Shipo = "140427203";

    [Fact]
    public async Task Administrators_of_a_part_issue_see_and_withdraw_keys_of_that_part_alone()
    {
        await using var town = await GeoTown.FoundAsync();
        await town.Town.AddPersonAsync("shipo.admin", new FoundedPost(Role.Administrator, null, Shipo, null));
        var admin = await town.Town.AsAsync("shipo.admin");
        admin.Language = "en";
        object Key(string? area) => new { name = "Shipo's app", scopes = new[] { "open311.report" }, areaCode = area };

        foreach (var beyond in new[] { null, "140427", LoopTown.Chengnan })
        {
            var refused = await admin.SendJsonAsync(HttpMethod.Post, "/api/clients", Key(beyond));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("areaCode", refused.Text, StringComparison.Ordinal);
        }

        var issued = await admin.SendJsonAsync(HttpMethod.Post, "/api/clients", Key(Shipo));
        Assert.True(issued.Status == HttpStatusCode.Created, issued.Text);
        Assert.Equal(["Shipo's app"], (await admin.GetAsync("/api/clients")).Json().EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.DoesNotContain(town.Key[^4..], (await admin.GetAsync("/admin/clients")).Text, StringComparison.Ordinal);
        var riders = (await town.Town.Town.InScopeAsync((IssueKey keys) => keys.AllAsync(Actor.System, default))).Single(c => c.Name == "Riders' app");
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.SendJsonAsync(HttpMethod.Delete, $"/api/clients/{riders.Id}", null)).Status);

        var key = issued.Json().GetProperty("key").GetString()!;
        (string, string)[] body = [("api_key", key), ("service_code", LoopTown.Plain), ("description", "dark")];
        Refused(await town.PostAsync("/requests.json", [.. body, ("address_id", LoopTown.Chengnan)]), HttpStatusCode.BadRequest, Shipo);
        Refused(await town.PostAsync("/requests.json", [.. body, ("address_string", "nowhere in particular")]), HttpStatusCode.BadRequest, "address_id");
        Assert.Equal(HttpStatusCode.OK, (await town.PostAsync("/requests.json", [.. body, ("address_id", Shipo)])).Status);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_then_when_it_was_used_last_until_it_is_taken_back()
    {
        await using var town = await GeoTown.FoundAsync();
        var admin = await town.Town.AsAsync("guanli");
        admin.Language = "en";
        var page = await admin.PostFormAsync("/admin/clients", ("name", "Lamp watch"), ("scopes", "open311.report"), ("serviceTypes", "street-lamp"), ("rate", "30"), ("days", "90"));
        Assert.True(page.Status == HttpStatusCode.OK, page.Text);
        var key = System.Text.RegularExpressions.Regex.Match(page.Text, "linli_[0-9a-f]{40}").Value;
        Assert.NotEqual("", key);
        var again = (await admin.GetAsync("/admin/clients")).Text;
        Assert.DoesNotContain(key, again, StringComparison.Ordinal);
        Assert.Contains("not used yet", again, StringComparison.Ordinal);

        (string, string)[] body = [("api_key", key), ("service_code", "street-lamp"), ("description", "dark"), ("address_id", LoopTown.Chengnan), ("attribute[fault]", "dark")];
        Assert.Equal(HttpStatusCode.OK, (await town.PostAsync("/requests.json", body)).Status);
        Assert.Contains("last used", (await admin.GetAsync("/admin/clients")).Text, StringComparison.Ordinal);

        var lamps = (await town.Town.Town.InScopeAsync((IssueKey keys) => keys.AllAsync(Actor.System, default))).Single(c => c.Name == "Lamp watch");
        Assert.Contains("taken back", (await admin.PostFormAsync($"/admin/clients/{lamps.Id}/withdraw")).Text, StringComparison.Ordinal);
        Refused(await town.PostAsync("/requests.json", [.. body, ("device_id", "2")]), HttpStatusCode.Forbidden, "wrong");
    }

    [Theory]
    [InlineData("""{"scopes":["open311.report"]}""", "name")]
    [InlineData("""{"name":"x"}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["everything"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["open311.report"],"serviceTypes":["nothing"]}""", "serviceTypes")]
    [InlineData("""{"name":"x","scopes":["open311.report"],"rate":0}""", "rate")]
    [InlineData("""{"name":"x","scopes":["open311.report"],"days":99999}""", "days")]
    [InlineData("""{"name":"x","scopes":["open311.report"],"areaCode":"99"}""", "areaCode")]
    public async Task What_is_wrong_with_a_new_key_is_told_by_its_field(string body, string field)
    {
        await using var town = await LoopTown.FoundAsync();
        var answer = await (await town.AsAsync("guanli")).SendJsonAsync(HttpMethod.Post, "/api/clients", System.Text.Json.JsonDocument.Parse(body).RootElement);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal([field], answer.Json().GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }
}
