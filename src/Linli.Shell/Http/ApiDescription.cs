using Microsoft.AspNetCore.Builder;

namespace Linli.Shell.Http;

/// <summary>A body as a caller might send it, for the API document.</summary>
public sealed record RequestExample(object Body);

/// <summary>The reporter of a request may call the endpoint without an account, with the secret code of the report.</summary>
/// <param name="IsNeeded">Neither code nor session: refused. Otherwise everybody may call it, and the code shows more.</param>
public sealed record TakesReporterCode(bool IsNeeded);

/// <summary>Who may call, where that is narrower than the permission: names of roles or of parties to a request.</summary>
public sealed record CalledBy(IReadOnlyList<string> Names);

/// <summary>The body is one file: multipart with a part of this name, or the bytes themselves; without a name the bytes alone.</summary>
public sealed record TakesFile(string? Part);

/// <summary>What the API document (/api/openapi.json) says about an endpoint beyond its types. Every endpoint under /api has a name and a summary; a test holds it to that.</summary>
public static class ApiDescription
{
    extension<TBuilder>(TBuilder endpoint) where TBuilder : IEndpointConventionBuilder
    {
        public TBuilder WithExample(object body) => endpoint.WithMetadata(new RequestExample(body));

        public TBuilder CalledBy(IReadOnlyList<string> names) => endpoint.WithMetadata(new CalledBy(names));

        public TBuilder TakesFile(string? part) => endpoint.WithMetadata(new TakesFile(part));

        public TBuilder TakesReporterCode(bool isNeeded) => endpoint.WithMetadata(new TakesReporterCode(isNeeded));
    }
}
