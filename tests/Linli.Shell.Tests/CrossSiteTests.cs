using System.Net;
using System.Net.Http.Json;

namespace Linli.Shell.Tests;

public sealed class CrossSiteTests
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost", HttpStatusCode.OK)]
    [InlineData("X-Linli", "1", HttpStatusCode.OK)]
    [InlineData("Accept", "*/*", HttpStatusCode.Forbidden)]
    public async Task A_change_over_the_api_comes_from_our_pages_or_says_that_it_is_a_program(string header, string value, HttpStatusCode expected)
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.SignedInAsync("dispatcher");
        client.DefaultRequestHeaders.Remove("X-Linli");

        using var call = new HttpRequestMessage(HttpMethod.Put, "/api/inbox/read?upTo=1");
        call.Headers.TryAddWithoutValidation(header, value);
        Assert.Equal(expected, (await client.SendAsync(call)).StatusCode);
    }

    [Fact]
    public async Task A_foreign_page_that_names_itself_a_program_is_still_foreign()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.SignedInAsync("dispatcher");

        using var call = new HttpRequestMessage(HttpMethod.Put, "/api/inbox/read?upTo=1");
        call.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(call)).StatusCode);
    }

    [Fact]
    public async Task A_form_on_another_site_does_nothing_here()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.SignedInAsync("dispatcher");

        using var call = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        call.Headers.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(call)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/session")).StatusCode);
    }

    [Fact]
    public async Task Nobody_is_signed_in_by_a_form_of_another_site()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.ClientAsync();

        using var form = new StringContent("login=admin&password=x", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/api/session", form)).StatusCode);
    }

    [Fact]
    public async Task Reading_needs_no_header()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.SignedInAsync("dispatcher");
        client.DefaultRequestHeaders.Remove("X-Linli");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/inbox")).StatusCode);
    }
}
