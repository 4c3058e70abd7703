using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Linli.Requests.Tests.Catalogue;

public sealed class ServicesApiTests
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_may_read_groups_types_and_one_type_with_its_form()
    {
        await using var town = await County.FoundAsync();
        await town.Services.GetRequiredService<IHost>().StartAsync(Now);
        using var client = town.Services.GetRequiredService<IHost>().GetTestClient();

        var groups = await ReadAsync(client, "/api/services");
        Assert.Equal("roads", groups[0].GetProperty("code").GetString());
        Assert.Equal("road-damage", groups[0].GetProperty("types")[0].GetProperty("code").GetString());

        var heating = await ReadAsync(client, "/api/services/heating");
        Assert.Equal("供暖不热", heating.GetProperty("type").GetProperty("nameZh").GetString());
        Assert.Equal("24 hours", heating.GetProperty("clocks").GetProperty("resolve").GetProperty("budget").GetString());
        Assert.True(heating.GetProperty("fields")[0].GetProperty("required").GetBoolean());
    }

    [Fact]
    public async Task Suggestions_say_which_words_spoke_for_them()
    {
        await using var town = await County.FoundAsync();
        await town.Services.GetRequiredService<IHost>().StartAsync(Now);
        using var client = town.Services.GetRequiredService<IHost>().GetTestClient();

        var suggestions = await ReadAsync(client, "/api/services/suggest?top=2&text=" + Uri.EscapeDataString("井盖丢失"));

        var types = suggestions.GetProperty("types");
        Assert.True(suggestions.GetProperty("isKnown").GetBoolean());
        Assert.Equal("shipped", suggestions.GetProperty("model").GetString());
        Assert.Equal("manhole", types[0].GetProperty("code").GetString());
        Assert.InRange(types[0].GetProperty("confidence").GetDouble(), 0.5, 1);
        Assert.Contains("井盖", types[0].GetProperty("words").EnumerateArray().Select(w => w.GetString()));
        Assert.InRange(types.GetArrayLength(), 1, 2);
    }

    [Fact]
    public async Task An_unknown_code_is_not_found_and_says_so()
    {
        await using var town = await County.FoundAsync();
        await town.Services.GetRequiredService<IHost>().StartAsync(Now);
        using var client = town.Services.GetRequiredService<IHost>().GetTestClient();

        var answer = await client.GetAsync("/api/services/no-such-type", Now);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("no-such-type", await answer.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ReadAsync(HttpClient client, string address)
    {
        var answer = await client.GetAsync(address, Now);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Now));
        return document.RootElement.Clone();
    }
}
