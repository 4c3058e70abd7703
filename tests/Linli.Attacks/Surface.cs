using System.Collections.Concurrent;
using System.Globalization;
using Linli.Shell;
using Linli.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks;

/// <summary>One way in: a method and a route of the running product.</summary>
internal sealed record Door(HttpMethod Method, RouteEndpoint Endpoint)
{
    public string Route => "/" + Endpoint.RoutePattern.RawText!.Trim('/');

    public bool IsSafe => Method == HttpMethod.Get || Method == HttpMethod.Head || Method == HttpMethod.Options;

    public bool IsForPrograms => Route.StartsWith("/api", StringComparison.Ordinal);

    public bool IsStream => Route == "/live";

    public IReadOnlyList<string> Places => [.. Endpoint.RoutePattern.Parameters.Select(p => p.Name)];

    /// <summary>Policies that a caller has to meet; none for everybody's.</summary>
    public IReadOnlyList<string> Policies => [.. Endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>()];

    /// <summary>The route with something in every place.</summary>
    /// <param name="fill">What stands in a place; null for something of the right kind that does not exist.</param>
    public string PathWith(Func<string, string?>? fill = null) => "/" + string.Join('/', Endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart place => Uri.EscapeDataString(fill?.Invoke(place.Name) ?? Nothing(place.Name)),
            _ => "",
        }))));

    public override string ToString() => $"{Method} {Route}";

    private string Nothing(string place)
    {
        var kinds = Endpoint.RoutePattern.ParameterPolicies.TryGetValue(place, out var policies) ? policies.Select(p => p.Content).ToList() : [];
        return kinds.Contains("guid") ? Guid.Empty.ToString()
            : kinds.Contains("int") || kinds.Contains("long") ? 1.ToString(CultureInfo.InvariantCulture)
            : place == "date" ? "2026-03-02"
            : "x";
    }
}

/// <summary>Every way into the product, read from the product: what is added is attacked without anybody thinking of it.</summary>
internal static class Surface
{
    private static readonly ConcurrentDictionary<Town, IReadOnlyList<Door>> Known = new();

    public static IReadOnlyList<Door> Doors(this Town town) => Known.GetOrAdd(town, t =>
        [.. t.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [HttpMethods.Get]).Select(m => new Door(new HttpMethod(m), e)))]);

    public static IReadOnlyList<Permission> Permissions(this Town town) => [.. town.Services.GetServices<ILinliModule>().SelectMany(m => m.Permissions)];
}
