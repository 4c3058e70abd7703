using System.Net;
using Linli.Shell.Site;
using Linli.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Verbs;

/// <summary>Everybody knows the passwords of the demo: it is for one machine alone, unless somebody says otherwise.</summary>
public sealed class DemoExposureTests
{
    [Theory]
    [InlineData("urls", "http://localhost:5311", true)]
    [InlineData("urls", "http://127.0.0.1:5311;http://[::1]:5311", true)]
    [InlineData("urls", "", true)]
    [InlineData("urls", "http://0.0.0.0:5311", false)]
    [InlineData("urls", "http://*:5311", false)]
    [InlineData("urls", "http://+:5311", false)]
    [InlineData("urls", "http://[::]:5311", false)]
    [InlineData("urls", "http://localhost:5311;http://192.0.2.7:80", false)]
    [InlineData("urls", "http://localhost.evil.example:80", false)]
    [InlineData("http_ports", "8080", false)]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://*:80", false)]
    [InlineData("FORWARDEDHEADERS_ENABLED", "true", false)]
    public void Only_addresses_of_the_machine_itself_will_do(string setting, string value, bool isInside) =>
        Assert.Equal(isInside, DemoExposure.Outside(new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build()) is null);

    [Fact]
    [Trait("Only", "sqlite")]
    public async Task The_demo_does_not_start_where_others_could_reach_it()
    {
        var store = await TestStores.EmptyAsync();
        var (exitCode, _, error) = await CommandLine.RunAsync(store, "demo", "--urls", "http://0.0.0.0:5639");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Everybody knows the demo's passwords", error, StringComparison.Ordinal);
        Assert.False(File.Exists(store.Data.Database));
        await TestStores.DropAsync(store);
    }

    [Theory]
    [InlineData(true, false, "X-Forwarded-For", HttpStatusCode.Forbidden)]
    [InlineData(true, false, "Via", HttpStatusCode.Forbidden)]
    [InlineData(true, false, "X-Other", HttpStatusCode.OK)]
    [InlineData(true, true, "X-Forwarded-For", HttpStatusCode.OK)]
    [InlineData(false, false, "X-Forwarded-For", HttpStatusCode.OK)]
    public async Task A_demo_answers_nobody_who_comes_through_a_proxy(bool isDemo, bool isOpen, string header, HttpStatusCode expected)
    {
        await using var town = await Town.FoundAsync(new TownOptions { Adjust = b => b.Services.Configure<SiteOptions>(s => (s.Demo, s.OpenDemo) = (isDemo, isOpen)) });
        using var visitor = await town.HttpAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.TryAddWithoutValidation(header, "1.1 proxy.example");
        var answer = await visitor.SendAsync(request);
        Assert.Equal(expected, answer.Status);
        Assert.Equal(isDemo && expected == HttpStatusCode.OK, answer.Text.Contains("demo-bar", StringComparison.Ordinal));
    }
}
