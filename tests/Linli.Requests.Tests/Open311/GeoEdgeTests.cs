using System.Net;
using System.Text;
using Linli.Testing.Http;
using static Linli.Requests.Tests.Open311.GeoTown;

namespace Linli.Requests.Tests.Open311;

/// <summary>What lies around the endpoints: calls of browsers, methods and addresses that there are none of, forms that are none.</summary>
public sealed class GeoEdgeTests
{
    [Fact]
    public async Task A_page_of_another_site_may_send_a_report_with_its_key_of_repetition()
    {
        await using var town = await GeoTown.FoundAsync();
        var asked = await town.Client.SendRawAsync(HttpMethod.Options, "/open311/v2/requests.json", null,
            [("Origin", "https://riders.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "idempotency-key"), ("Sec-Fetch-Site", "cross-site")]);
        Assert.Equal(HttpStatusCode.NoContent, asked.Status);
        Assert.Equal("*", asked.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("POST", asked.Headers["Access-Control-Allow-Methods"], StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key", asked.Headers["Access-Control-Allow-Headers"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "/requests.json", "GET, HEAD, OPTIONS, POST")]
    [InlineData("PUT", "/requests/261122-048213.json", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/services/street-lamp.json", "GET, HEAD, OPTIONS")]
    public async Task A_method_that_an_address_does_not_take_is_told_in_its_notation(string method, string path, string allowed)
    {
        await using var town = await GeoTown.FoundAsync();
        var answer = await town.Client.SendRawAsync(new HttpMethod(method), Endpoint + path, null, [("Origin", "https://riders.example")]);
        Refused(answer, HttpStatusCode.MethodNotAllowed, method);
        Assert.Equal(allowed, string.Join(", ", answer.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task An_address_that_there_is_none_of_is_told_in_its_notation()
    {
        await using var town = await GeoTown.FoundAsync();
        Refused(await town.GetAsync("/nothing.json"), HttpStatusCode.NotFound, "/open311");
        Assert.Equal("404", Xml(await town.GetAsync("/nothing.xml")).Element("error")!.Element("code")!.Value);
    }

    [Fact]
    public async Task Head_is_answered_where_get_is()
    {
        await using var town = await GeoTown.FoundAsync();
        foreach (var path in new[] { "/services.json", "/requests.xml", "/discovery.json" })
        {
            var (head, get) = (await town.Client.SendRawAsync(HttpMethod.Head, Endpoint + path, null, []), await town.GetAsync(path));
            Assert.Equal(HttpStatusCode.OK, head.Status);
            Assert.Empty(head.Bytes);
            Assert.Equal(get.Headers["Content-Type"], head.Headers["Content-Type"]);
        }
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_told_as_such_in_the_notation_of_the_address()
    {
        await using var town = await GeoTown.FoundAsync();
        var many = string.Join('&', Enumerable.Range(0, 5_000).Select(n => $"f{n}=x"));
        foreach (var (type, body) in new[] { ("application/x-www-form-urlencoded", $"api_key={town.Key}&{many}"), ("multipart/form-data", "--x\r\n\r\nx") })
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            Refused(await town.Client.SendRawAsync(HttpMethod.Post, Endpoint + "/requests.json", content, []), HttpStatusCode.BadRequest, "form");
        }
    }

    [Fact]
    public async Task Who_needs_a_contact_says_so_and_a_report_without_is_told_to_send_one()
    {
        await using var town = await GeoTown.FoundAsync();
        var contact = (await town.GetAsync("/services/heating.json")).Json().GetProperty("attributes").EnumerateArray().Single(a => a.GetProperty("code").GetString() == "contact");
        Assert.False(contact.GetProperty("variable").GetBoolean());
        Assert.Contains("phone or email", contact.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain((await town.GetAsync("/services/street-lamp.json")).Json().GetProperty("attributes").EnumerateArray(), a => a.GetProperty("code").GetString() == "contact");
    }

    [Theory]
    [InlineData("lat", "36.1", "lat and long together")]
    [InlineData("lat", "113.2;long=36.1", "swapped")]
    public async Task A_program_is_told_what_to_send_and_not_where_to_press(string name, string value, string told)
    {
        await using var town = await GeoTown.FoundAsync();
        var more = value.Split(";long=");
        (string, string)[] place = more.Length == 1 ? [(name, more[0])] : [(name, more[0]), ("long", more[1])];
        var answer = await town.PostAsync("/requests.json", [("service_code", Loop.LoopTown.Plain), ("description", "dark"), .. place]);
        Refused(answer, HttpStatusCode.BadRequest, told);
        Assert.DoesNotContain("map", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("status=OPEN")]
    [InlineData("status=Open,CLOSED")]
    [InlineData("start_date=1900-01-01T00:00:00%2B08:00&end_date=1900-01-02")]
    [InlineData("end_date=1900-01-01T00:00:00%2B08:00")]
    public async Task Case_and_zone_are_taken_as_they_come(string query)
    {
        await using var town = await GeoTown.FoundAsync();
        Assert.Equal(HttpStatusCode.OK, (await town.GetAsync($"/requests.json?{query}")).Status);
    }
}
