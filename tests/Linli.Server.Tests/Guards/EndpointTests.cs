using System.Globalization;
using System.Net;
using Linli.Kernel.People;
using Linli.Shell;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Guards;

/// <summary>Scans every endpoint of the running product; a new one is guarded by being there.</summary>
public sealed class EndpointTests(EndpointTests.Open open) : IClassFixture<EndpointTests.Open>
{
    [Fact]
    public void Every_endpoint_says_who_may_call_it()
    {
        var silent = open.Endpoints.Where(e => Policies(e).Count == 0 && !IsPublic(e)).Select(e => e.DisplayName);

        Assert.Empty(silent);
    }

    [Fact]
    public void No_endpoint_says_two_things()
    {
        var both = open.Endpoints.Where(e => Policies(e).Count > 0 && IsPublic(e)).Select(e => e.DisplayName);

        Assert.Empty(both);
    }

    [Fact]
    public void Every_policy_on_an_endpoint_is_a_declared_permission()
    {
        var used = open.Endpoints.SelectMany(Policies).Distinct();

        Assert.Empty(used.Except(Permissions().Select(p => p.Key)));
    }

    [Fact]
    public void Every_permission_is_declared_once_and_explained()
    {
        Assert.Equal(Permissions().Count, Permissions().DistinctBy(p => p.Key).Count());
        Assert.All(Permissions(), p => Assert.False(string.IsNullOrWhiteSpace(p.Explanation)));
    }

    [Fact]
    public void Every_menu_entry_asks_for_a_declared_permission()
    {
        var asked = Modules.All.SelectMany(m => m.Menu).Select(m => m.Permission).OfType<Permission>().Select(p => p.Key);

        Assert.Empty(asked.Except(Permissions().Select(p => p.Key)));
    }

    /// <summary>Roles × endpoints: everybody who lacks the permission is refused, without exception.</summary>
    [Fact]
    public async Task Whoever_lacks_the_permission_is_refused()
    {
        var guarded = open.Endpoints.Where(e => Policies(e).Count > 0).SelectMany(e => Methods(e).Select(m => (Endpoint: e, Method: m))).ToList();
        var wrong = new List<string>();
        foreach (var (role, login) in Logins())
        {
            using var visitor = login is null ? await open.Town.HttpAsync() : await open.Town.HttpAsync(login);
            visitor.FollowsRedirects = false;
            foreach (var (endpoint, method) in guarded.Where(g => !Allows(g.Endpoint, role)))
            {
                var path = PathOf(endpoint);
                var answer = await visitor.SendJsonAsync(method, path);
                if (!IsRefusal(answer, isSignedIn: login is not null))
                {
                    wrong.Add($"{login ?? "nobody"} {method} {path} → {(int)answer.Status}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.NotEmpty(guarded);
    }

    /// <summary>One login for every role that has a single post, and nobody at all.</summary>
    private static IEnumerable<(Role? Role, string? Login)> Logins() =>
    [
        (null, null), (Role.Dispatcher, "paidan"), (Role.Handler, "shizheng"), (Role.GridWorker, "wangge1"), (Role.Supervisor, "duban"),
        (Role.Verifier, "huifang"), (Role.Administrator, "guanli"), (Role.Auditor, "shenji"), (Role.Statistician, "tongji"),
    ];

    private static bool Allows(RouteEndpoint endpoint, Role? role) =>
        role is { } own && Policies(endpoint).All(policy => Permissions().Single(p => p.Key == policy).Roles.Contains(own));

    private static bool IsRefusal(Answer answer, bool isSignedIn) => answer.Status switch
    {
        HttpStatusCode.Forbidden => isSignedIn,
        HttpStatusCode.Unauthorized => !isSignedIn,
        HttpStatusCode.Redirect or HttpStatusCode.SeeOther => !isSignedIn && answer.Headers["Location"].StartsWith("/sign-in", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Somebody of the demo county whom the permission lets through; null where no account is needed, or no member of staff is meant.</summary>
    internal static string? LoginFor(RouteEndpoint endpoint) => Policies(endpoint) is { Count: > 0 } policies
        ? Town.Accounts.FirstOrDefault(a => policies.All(policy => a.Posts.Any(post => Permissions().Single(p => p.Key == policy).Roles.Contains(post.Role))))?.Login
        : null;

    /// <summary>The route with something of the right kind in every place.</summary>
    internal static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart place => ValueFor(endpoint, place.Name),
            _ => "",
        }))));

    private static string ValueFor(RouteEndpoint endpoint, string place)
    {
        var kinds = endpoint.RoutePattern.ParameterPolicies.TryGetValue(place, out var policies) ? policies.Select(p => p.Content).ToList() : [];
        return kinds.Contains("guid") ? Guid.Empty.ToString()
            : kinds.Contains("int") || kinds.Contains("long") ? 1.ToString(CultureInfo.InvariantCulture)
            : "x";
    }

    internal static List<HttpMethod> Methods(RouteEndpoint endpoint) =>
        [.. (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => new HttpMethod(m))];

    private static List<string> Policies(RouteEndpoint endpoint) =>
        [.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>()];

    private static bool IsPublic(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static List<Permission> Permissions() => [.. Modules.All.SelectMany(m => m.Permissions)];

    /// <summary>One running town for the whole class: the tests only read.</summary>
    public sealed class Open : IAsyncLifetime
    {
        public Town Town { get; private set; } = null!;

        public IReadOnlyList<RouteEndpoint> Endpoints { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            Town = await Town.FoundAsync();
            await Town.StartAsync();
            Endpoints = [.. Town.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()];
        }

        public ValueTask DisposeAsync() => Town.DisposeAsync();
    }
}
