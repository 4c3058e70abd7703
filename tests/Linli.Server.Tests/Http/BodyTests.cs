using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Linli.Server.Tests.Guards;
using Linli.Testing.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Linli.Server.Tests.Http;

/// <summary>Bodies and parameters that try to say more than an endpoint asks for: found by walking over all endpoints that take JSON.</summary>
public sealed class BodyTests(EndpointTests.Open open) : IClassFixture<EndpointTests.Open>
{
    [Fact]
    public async Task A_field_that_nobody_reads_is_refused_everywhere() =>
        await RefusedAsync(_ => """{"notAField":"administrator"}""");

    [Fact]
    public async Task A_field_that_stands_twice_is_refused_everywhere() =>
        await RefusedAsync(input => $$"""{"{{Field(input)}}":null,"{{Field(input)}}":null}""");

    /// <summary>What the server decides (state, owner, rights, times) is no field of any input: inputs are records of their own, never what is stored.</summary>
    [Fact]
    public void No_input_is_a_stored_record()
    {
        var stored = Modules.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t.GetMethod("Map", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public) is not null && t.Name != "Module");

        Assert.Empty(Inputs().Select(i => i.Input).Intersect(stored));
        Assert.True(Inputs().Count > 20, $"Only {Inputs().Count} endpoints that take JSON were found.");
    }

    [Theory]
    [InlineData("/api/public/requests?page=1&page=2")]
    [InlineData("/api/requests?late=true&late=false")]
    public async Task A_parameter_that_stands_twice_is_refused(string path)
    {
        using var visitor = await open.Town.HttpAsync("paidan");

        Assert.True((await visitor.SendJsonAsync(HttpMethod.Get, path)).Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity);
    }

    private async Task RefusedAsync(Func<Type, string> body)
    {
        var wrong = new List<string>();
        foreach (var group in Inputs().GroupBy(i => EndpointTests.LoginFor(i.Endpoint)))
        {
            using var visitor = group.Key is null ? await open.Town.HttpAsync() : await open.Town.HttpAsync(group.Key);
            foreach (var (endpoint, method, input) in group)
            {
                var answer = await SendAsync(visitor, method, EndpointTests.PathOf(endpoint), body(input));
                if (answer.Status != HttpStatusCode.BadRequest && !(group.Key is null && answer.Status == HttpStatusCode.Unauthorized))
                {
                    wrong.Add($"{group.Key} {method} {endpoint.RoutePattern.RawText} → {(int)answer.Status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static Task<Answer> SendAsync(Visitor visitor, HttpMethod method, string path, string body)
    {
        var call = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        call.Headers.Add("X-Linli", "1");
        call.Headers.Accept.ParseAdd("application/json");
        return visitor.SendAsync(call);
    }

    private static string Field(Type input) => JsonNamingPolicy.CamelCase.ConvertName(input.GetProperties(BindingFlags.Public | BindingFlags.Instance)[0].Name);

    private List<(RouteEndpoint Endpoint, HttpMethod Method, Type Input)> Inputs() =>
    [
        .. from endpoint in open.Endpoints
           let accepts = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()
           where accepts?.RequestType is { IsClass: true } && accepts.ContentTypes.Contains("application/json")
           from method in EndpointTests.Methods(endpoint)
           select (endpoint, method, accepts.RequestType!),
    ];
}
