using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Linli.Shell.Http;

/// <summary>How large a body may be, and how long its call may take. Small and short, unless an endpoint says that it takes files.</summary>
public static class BodyLimits
{
    /// <summary>The longest text that anybody writes, ten times over.</summary>
    public const long Plain = 512 * 1024;

    /// <summary>Six photos from a recent telephone, before they are shrunk.</summary>
    public const long Files = 64 * 1024 * 1024;

    internal const string FilesPolicy = "files";

    extension<TBuilder>(TBuilder endpoint) where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>For all endpoints, before any of them says otherwise.</summary>
        public TBuilder TakesLittle() => endpoint.WithMetadata(new Limit(Plain));

        /// <summary>A form with files, or a file.</summary>
        public TBuilder TakesFiles() => endpoint.WithMetadata(new Limit(Files), new RequestTimeoutAttribute(FilesPolicy));
    }

    private sealed record Limit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
