using System.Net;
using System.Text;
using Linli.Server.Tests.Guards;
using Linli.Shell.People;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Http;

/// <summary>What holds for every answer of the product, whatever it is about, found by walking over all endpoints.</summary>
public sealed class AnswerTests(EndpointTests.Open open) : IClassFixture<EndpointTests.Open>
{
    private static readonly string[] Files = ["/favicon.svg", "/robots.txt", "/site.webmanifest", "/nothing-there", "/.well-known/security.txt"];

    [Fact]
    public async Task Every_answer_says_what_it_is_and_in_which_characters()
    {
        var wrong = new List<string>();
        foreach (var answer in await EveryGetAsync())
        {
            var type = answer.Headers.GetValueOrDefault("Content-Type", "");
            var isText = type.StartsWith("text/", StringComparison.Ordinal) || type.Contains("+xml", StringComparison.Ordinal);
            var policy = answer.Headers.GetValueOrDefault("Content-Security-Policy", "");
            if ((answer.Bytes.Length > 0 && type.Length == 0) || (isText && !type.Contains("charset=utf-8", StringComparison.OrdinalIgnoreCase))
                || answer.Headers.GetValueOrDefault("X-Content-Type-Options") != "nosniff" || answer.Headers.GetValueOrDefault("X-Frame-Options") != "DENY"
                || answer.Headers.GetValueOrDefault("Referrer-Policy") != "same-origin" || !(policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) || policy.Contains("sandbox", StringComparison.Ordinal)))
            {
                wrong.Add($"{answer.Address.PathAndQuery}: {(int)answer.Status} {type}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task No_answer_names_the_server_or_a_version()
    {
        string[] telling = ["Server", "X-Powered-By", "X-AspNet-Version", "X-AspNetCore-Version", "Via"];
        await using var town = await Town.FoundAsync(new TownOptions { RealPort = true }); // the server itself, not its stand-in
        using var visitor = await town.HttpAsync();
        var answers = new[] { await visitor.GetAsync("/"), await visitor.GetAsync("/nothing-there"), await visitor.GetAsync("/api/session"), await visitor.GetAsync("/favicon.svg") };

        Assert.All(answers, a => Assert.Empty(a.Headers.Keys.Intersect(telling, StringComparer.OrdinalIgnoreCase)));
        Assert.All(answers, a => Assert.DoesNotMatch("Kestrel|ASP\\.NET|Microsoft\\.AspNetCore|EntityFramework|Npgsql", a.Text));
    }

    [Fact]
    public async Task An_answer_of_the_API_is_saved_under_a_fixed_name()
    {
        using var visitor = await open.Town.HttpAsync("paidan");

        foreach (var path in new[] { "/api/session", "/api/public/requests?words=a.bat", "/api/requests/none", "/api/none/x.bat", "/api/openapi.json" })
        {
            Assert.Equal("attachment; filename=\"api.json\"", (await visitor.SendJsonAsync(HttpMethod.Get, path)).Headers["Content-Disposition"]);
        }

        Assert.False((await visitor.GetAsync("/")).Headers.ContainsKey("Content-Disposition"));
    }

    [Fact]
    public async Task A_method_that_an_address_does_not_know_is_refused()
    {
        var wrong = new List<string>();
        using var visitor = await open.Town.HttpAsync("guanli");
        visitor.FollowsRedirects = false;
        foreach (var path in open.Endpoints.Select(EndpointTests.PathOf).Distinct())
        {
            foreach (var method in new[] { "TRACE", "PROPFIND" })
            {
                var answer = await visitor.SendJsonAsync(new HttpMethod(method), path);
                if (answer.Status is not (HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound))
                {
                    wrong.Add($"{method} {path} → {(int)answer.Status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_method_in_a_header_or_a_field_changes_nothing()
    {
        using var visitor = await open.Town.HttpAsync("paidan");
        foreach (var header in new[] { "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override" })
        {
            var call = new HttpRequestMessage(HttpMethod.Post, "/api/me/sessions?_method=DELETE") { Content = new FormUrlEncodedContent([KeyValuePair.Create("_method", "DELETE")]) };
            call.Headers.Add("X-Linli", "1");
            call.Headers.Add(header, "DELETE");

            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await visitor.SendAsync(call)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.SendJsonAsync(HttpMethod.Get, "/api/session")).Status);
    }

    [Fact]
    public async Task A_body_of_another_kind_is_refused()
    {
        var wrong = new List<string>();
        foreach (var group in Changing().GroupBy(c => EndpointTests.LoginFor(c.Endpoint)))
        {
            using var visitor = group.Key is null ? await open.Town.HttpAsync() : await open.Town.HttpAsync(group.Key);
            visitor.FollowsRedirects = false;
            visitor.ExpectsServerErrors = true;
            foreach (var (endpoint, method) in group)
            {
                var isForm = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.All(t => !t.Contains("json", StringComparison.Ordinal)) ?? true;
                var call = new HttpRequestMessage(method, EndpointTests.PathOf(endpoint)) { Content = new StringContent(isForm ? "{}" : "<a/>", Encoding.UTF8, isForm ? "application/json" : "application/xml") };
                call.Headers.Add("X-Linli", "1");
                var answer = await visitor.SendAsync(call);
                if ((int)answer.Status >= 500 || (!isForm && answer.Status != HttpStatusCode.UnsupportedMediaType && !(group.Key is null && answer.Status == HttpStatusCode.Unauthorized)))
                {
                    wrong.Add($"{group.Key} {method} {call.RequestUri} → {(int)answer.Status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("/.git/config")]
    [InlineData("/.git/HEAD")]
    [InlineData("/appsettings.json")]
    [InlineData("/settings.json")]
    [InlineData("/linli.db")]
    [InlineData("/web.config")]
    [InlineData("/dist")]
    [InlineData("/dist/")]
    [InlineData("/keys/")]
    [InlineData("/evidence/")]
    [InlineData("/favicon.svg~")]
    [InlineData("/robots.txt.bak")]
    [InlineData("/dist/..%2f..%2fappsettings.json")]
    [InlineData("/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/..%5c..%5cappsettings.json")]
    public async Task Only_what_belongs_to_the_site_is_served_as_a_file(string path)
    {
        using var visitor = await open.Town.HttpAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task No_other_site_may_read_an_answer(string origin)
    {
        using var visitor = await open.Town.HttpAsync("paidan");
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Options })
        {
            var call = new HttpRequestMessage(method, "/api/session");
            call.Headers.Add("Origin", origin);
            call.Headers.Add("Access-Control-Request-Method", "GET");

            Assert.DoesNotContain((await visitor.SendAsync(call)).Headers.Keys, h => h.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task What_is_only_for_the_demo_is_not_there()
    {
        using var visitor = await open.Town.HttpAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/design")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/swagger")).Status);
        Assert.DoesNotContain(Town.Password, (await visitor.GetAsync("/sign-in")).Text, StringComparison.Ordinal);
        Assert.Null((await visitor.GetAsync("/")).Page.QuerySelector(".demo-bar"));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_mistake_of_the_program_shows_a_page_without_its_insides(string environment)
    {
        await using var town = await Town.FoundAsync(new TownOptions
        {
            Adjust = builder =>
            {
                builder.Environment.EnvironmentName = environment;
                builder.Services.AddScoped<ReadPeople>(_ => throw new InvalidOperationException("what is inside"));
            },
        });
        using var visitor = await town.HttpAsync("paidan");
        visitor.ExpectsServerErrors = true;

        var (page, problem) = (await visitor.GetAsync("/me"), await visitor.SendJsonAsync(HttpMethod.Get, "/api/me"));

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError), (page.Status, problem.Status));
        Assert.Equal("internal", problem.ProblemCode);
        Assert.NotEmpty(page.Page.QuerySelector(".error-page code")!.TextContent);
        Assert.All([page, problem], a => Assert.DoesNotMatch("what is inside|InvalidOperation|ReadPeople|   at ", a.Text));
        Assert.Contains(town.Log.Errors, e => e.Contains("what is inside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_was_second_at_the_same_instant_is_told_so_and_nobody_is_woken()
    {
        await using var town = await Town.FoundAsync(new TownOptions { Adjust = builder => builder.Services.AddScoped<ReadPeople>(_ => throw new DbUpdateConcurrencyException("what is inside")) });
        using var visitor = await town.HttpAsync("paidan");

        var (page, problem) = (await visitor.GetAsync("/me"), await visitor.SendJsonAsync(HttpMethod.Get, "/api/me"));

        Assert.Equal((HttpStatusCode.Conflict, "conflict"), (page.Status, problem.ProblemCode));
        Assert.All([page, problem], a => Assert.DoesNotContain("what is inside", a.Text, StringComparison.Ordinal));
        Assert.Empty(town.Log.Errors);
    }

    /// <summary>Every address that can be read, as nobody and as an administrator, and a few files.</summary>
    private async Task<List<Answer>> EveryGetAsync()
    {
        var answers = new List<Answer>();
        var paths = open.Endpoints.Where(e => EndpointTests.Methods(e).Contains(HttpMethod.Get)).Select(EndpointTests.PathOf).Where(p => p != "/live").Concat(Files).Distinct().ToList();
        foreach (var login in new[] { null, "guanli" })
        {
            using var visitor = login is null ? await open.Town.HttpAsync() : await open.Town.HttpAsync(login);
            visitor.FollowsRedirects = false;
            foreach (var path in paths)
            {
                answers.Add(await visitor.GetAsync(path));
            }
        }

        Assert.True(answers.Count > 100, $"Only {answers.Count} answers.");
        return answers;
    }

    private IEnumerable<(RouteEndpoint Endpoint, HttpMethod Method)> Changing() => open.Endpoints
        .SelectMany(e => EndpointTests.Methods(e).Where(m => m == HttpMethod.Post || m == HttpMethod.Put).Select(m => (e, m)))
        .Where(c => c.e.RoutePattern.RawText is { } path && !path.Contains("sign-out", StringComparison.Ordinal) && !path.Contains("/end", StringComparison.Ordinal));
}
