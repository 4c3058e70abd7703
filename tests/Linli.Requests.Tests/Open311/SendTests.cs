using System.Net;
using Linli.Kernel.People;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Clients;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using static Linli.Requests.Tests.Open311.GeoTown;

namespace Linli.Requests.Tests.Open311;

/// <summary>GeoReport v2 for clients that send: keys, what is refused, tokens, what is sent twice, photos, updates.</summary>
public sealed class SendTests
{
    [Fact]
    public async Task A_report_becomes_a_request_of_the_client_with_its_answers_and_contact()
    {
        await using var town = await GeoTown.FoundAsync();
        var answer = await town.PostAsync("/requests.xml", ("service_code", "street-lamp"), ("description", "dark"), ("lat", "36.089"), ("long", "113.1943"),
            ("attribute[fault]", "dark"), ("attribute[pole]", "CN-017"), ("first_name", "Wei"), ("last_name", "Li"), ("phone", "13800000000"));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        var number = Xml(answer).Element("request")!.Element("service_request_id")!.Value;
        var request = await town.Town.LoadAsync(number);
        Assert.Equal("""{"fault":"dark","pole":"CN-017"}""", request.Answers);
        Assert.Equal(LoopTown.Chengnan[..9], request.AreaCode![..9]);
        Assert.Equal(Channel.Api, request.Channel);
        Assert.Equal("Riders' app", (await town.FirstEventAsync(number)).ActorName);
        Assert.NotNull(await town.Town.Town.ReadAsync(db => db.Set<ReporterContact>().Select(c => c.Phone).SingleAsync()));
    }

    [Fact]
    public async Task Only_a_key_that_holds_lets_in_and_only_for_what_it_was_given_for()
    {
        await using var town = await GeoTown.FoundAsync();
        (string, string)[] body = [("service_code", LoopTown.Plain), ("description", "x"), ("address_id", LoopTown.Chengnan)];
        Refused(await town.PostAsync("/requests.json", [("api_key", ""), .. body]), HttpStatusCode.Forbidden, "no key");
        Refused(await town.PostAsync("/requests.json", [("api_key", "linli_0000"), .. body]), HttpStatusCode.Forbidden, "wrong");
        Refused(await town.PostAsync($"/requests.json?api_key={town.Key}", [("api_key", ""), .. body]), HttpStatusCode.Forbidden, "no key");   // addresses end up in logs

        var lamps = await IssueAsync(town.Town, Input("Lamps") with { Scopes = ["open311.report"], ServiceTypes = ["street-lamp"] });
        Refused(await town.PostAsync("/requests.json", [("api_key", lamps), .. body]), HttpStatusCode.Forbidden, LoopTown.Plain);
        Refused(await town.PostAsync("/servicerequestupdates.json", ("api_key", lamps), ("service_request_id", "1"), ("update_id", "1")), HttpStatusCode.Forbidden, "does not allow");

        var month = await IssueAsync(town.Town, Input("A month") with { Days = 30 });
        town.Town.Clock.Advance(TimeSpan.FromDays(31));
        Refused(await town.PostAsync("/requests.json", [("api_key", month), .. body]), HttpStatusCode.Forbidden, "wrong");
        var shown = await town.Town.Town.InScopeAsync((IssueKey keys) => keys.AllAsync(Actor.System, default));
        await town.Town.Town.InScopeAsync((IssueKey keys) => keys.WithdrawAsync(Actor.System, shown.Single(c => c.Name == "Riders' app").Id, default));
        Refused(await town.PostAsync("/requests.json", body), HttpStatusCode.Forbidden, "wrong");
    }

    [Fact]
    public async Task A_key_has_its_own_share_and_no_more()
    {
        await using var town = await GeoTown.FoundAsync(Input("Slow") with { Rate = 1 });
        for (var i = 0; i < 10; i++)
        {
            await town.ReportAsync($"number {i}");
        }

        var answer = await town.PostAsync("/requests.json", ("service_code", LoopTown.Plain), ("description", "one too many"), ("address_id", LoopTown.Chengnan));
        Refused(answer, HttpStatusCode.TooManyRequests, "1 calls a minute");
    }

    [Theory]
    [InlineData("service_code", "", "service_code")]
    [InlineData("service_code", "no-such", "service_code")]
    [InlineData("address_id", "", "lat")]
    [InlineData("address_id", "999999", "address_id")]
    [InlineData("lat", "36.089", "lat, long")]
    [InlineData("phone", "123", "phone")]
    [InlineData("attribute[fault]", "exploded", "attribute[fault]")]
    public async Task What_is_wrong_is_refused_by_the_name_that_the_client_knows(string name, string value, string told)
    {
        await using var town = await GeoTown.FoundAsync();
        (string Name, string Value)[] right = [("service_code", "street-lamp"), ("description", "dark"), ("address_id", LoopTown.Chengnan), ("attribute[fault]", "dark")];
        Refused(await town.PostAsync("/requests.json", [.. right.Where(f => f.Name != name), (name, value)]), HttpStatusCode.BadRequest, told);
        Assert.Equal(0, await town.Town.Town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync()));
    }

    [Fact]
    public async Task Swapped_coordinates_repeated_parameters_and_other_kinds_of_body_are_refused()
    {
        await using var town = await GeoTown.FoundAsync();
        Refused(await town.PostAsync("/requests.json", ("service_code", LoopTown.Plain), ("description", "x"), ("lat", "113.1943"), ("long", "36.089")), HttpStatusCode.BadRequest, "lat, long");
        Refused(await town.PostAsync("/requests.json", ("service_code", LoopTown.Plain), ("service_code", "street-lamp"), ("description", "x"), ("address_id", LoopTown.Chengnan)), HttpStatusCode.BadRequest, "service_code");
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        Refused(await town.Client.SendRawAsync(HttpMethod.Post, $"{Endpoint}/requests.json", json, []), HttpStatusCode.BadRequest, "multipart/form-data");
    }

    [Fact]
    public async Task What_somebody_has_to_look_at_first_is_a_token_until_it_is_public()
    {
        await using var town = await GeoTown.FoundAsync();
        var answer = await town.PostAsync("/requests.json", ("service_code", "suggestion"), ("description", "a lamp at the corner"), ("address_id", LoopTown.Chengnan));
        var token = answer.Json()[0].GetProperty("token").GetString()!;
        Assert.False(answer.Json()[0].TryGetProperty("service_request_id", out _));
        Assert.Equal("", (await town.GetAsync($"/tokens/{token}.json")).Json()[0].GetProperty("service_request_id").GetString());

        var number = await town.Town.Town.ReadAsync(db => db.Set<ServiceRequest>().Select(r => r.Number).SingleAsync());
        Refused(await town.GetAsync($"/requests/{number}.json"), HttpStatusCode.NotFound, number);
        await town.Town.DoAsync("paidan", number, "publication");
        Assert.Equal(number, (await town.GetAsync($"/tokens/{token}.json")).Json()[0].GetProperty("service_request_id").GetString());
        Refused(await town.GetAsync($"/tokens/{Guid.NewGuid():N}.json"), HttpStatusCode.NotFound, "token");
    }

    [Fact]
    public async Task Sent_again_after_a_lost_answer_it_is_the_same_request()
    {
        await using var town = await GeoTown.FoundAsync();
        town.Town.Clock.Advance(TimeSpan.FromMinutes(15 - (town.Town.Clock.GetUtcNow().Minute % 10)));   // so that the nine minutes pass a full ten
        var first = await town.ReportAsync("dark since Monday");
        town.Town.Clock.Advance(TimeSpan.FromMinutes(9));
        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => town.ReportAsync(i % 4 == 1 ? "dark since Monday" : $"dark since Tuesday, lamp {i}")));
        Assert.All(all.Index(), sent => Assert.Equal(sent.Index % 4 == 1, sent.Item == first));
        Assert.Equal(10, all.Distinct().Count());   // what was written with the repeats was written
        town.Town.Clock.Advance(TimeSpan.FromMinutes(25));
        Assert.NotEqual(first, await town.ReportAsync("dark since Monday"));   // half an hour later it is said again

        (string, string)[] body = [("service_code", LoopTown.Plain), ("description", "with a key of its own"), ("address_id", LoopTown.Chengnan)];
        var keyed = await town.SendAsync("/requests.json", [("Idempotency-Key", "a-1")], body);
        town.Town.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(keyed.Text, (await town.SendAsync("/requests.json", [("Idempotency-Key", "a-1")], body)).Text);
        Assert.NotEqual(keyed.Text, (await town.SendAsync("/requests.json", [("Idempotency-Key", "a-2")], body)).Text);
    }

    [Fact]
    public async Task What_stands_in_the_address_tells_reports_apart_as_what_stands_in_the_form_does()
    {
        await using var town = await GeoTown.FoundAsync();
        async Task<string> SendAsync(string description) =>
            (await town.PostAsync($"/requests.json?service_code={LoopTown.Plain}&address_id={LoopTown.Chengnan}&description={description}")).Json()[0].GetProperty("service_request_id").GetString()!;
        var first = await SendAsync("one");
        Assert.NotEqual(first, await SendAsync("two"));
        Assert.Equal(first, await SendAsync("one"));
    }

    [Fact]
    public async Task Photos_come_along_in_the_form_and_are_named_to_everybody()
    {
        await using var town = await GeoTown.FoundAsync();
        using var form = new MultipartFormDataContent { { new StringContent(town.Key), "api_key" }, { new StringContent(LoopTown.Plain), "service_code" }, { new StringContent("dark"), "description" }, { new StringContent(LoopTown.Chengnan), "address_id" } };
        form.Add(new ByteArrayContent(Pictures.Png(8, 8)), "media", "a.png");
        form.Add(new ByteArrayContent(Pictures.Png(9, 9)), "media", "b.png");
        var answer = await town.Client.SendRawAsync(HttpMethod.Post, $"{Endpoint}/requests.json", form, []);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        var number = answer.Json()[0].GetProperty("service_request_id").GetString();
        var request = (await town.GetAsync($"/requests/{number}.json?extensions=true")).Json()[0];
        Assert.Equal(2, request.GetProperty("extended_attributes").GetProperty("media_urls").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await town.Client.GetAsync(request.GetProperty("media_url").GetString()!)).Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/x.jpg")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("file:///etc/passwd")]
    public async Task A_photo_at_an_address_that_is_none_of_the_internets_is_not_fetched_and_the_report_still_taken(string link)
    {
        await using var town = await GeoTown.FoundAsync();
        var number = await town.ReportAsync("dark", ("media_url", link));
        var request = await town.Town.LoadAsync(number);
        Assert.Empty(request.Photos);
        Assert.Equal(link, (await town.FirstEventAsync(number)).InternalText);
    }

    [Fact]
    public async Task A_client_adds_to_what_it_sent_once_and_to_nothing_else()
    {
        await using var town = await GeoTown.FoundAsync();
        var number = await town.ReportAsync();
        (string, string)[] update = [("service_request_id", number), ("update_id", "u-1"), ("description", "Two lamps by now"), ("status", "open")];
        Assert.Equal("u-1", (await town.PostAsync("/servicerequestupdates.json", update)).Json()[0].GetProperty("update_id").GetString());
        Assert.Equal(HttpStatusCode.OK, (await town.PostAsync("/servicerequestupdates.json", update)).Status);
        Assert.Equal("Two lamps by now", await town.Town.Town.ReadAsync(db => db.Set<RequestEvent>().Where(e => e.Step == Life.Step.Note).Select(e => e.Text).SingleAsync()));

        Refused(await town.PostAsync("/servicerequestupdates.json", ("service_request_id", number), ("update_id", "u-2"), ("description", "done"), ("status", "closed")), HttpStatusCode.BadRequest, "status");
        var other = await IssueAsync(town.Town, Input("Another app"));
        Refused(await town.PostAsync("/servicerequestupdates.json", [("api_key", other), .. update]), HttpStatusCode.NotFound, number);
    }
}
