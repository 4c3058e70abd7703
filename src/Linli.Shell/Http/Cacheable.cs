using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Linli.Shell.Http;

/// <summary>
/// An answer that caches may keep: with the hash of its content as entity tag, and 304 for whoever has it already (RFC 9110, 13). Readers of feeds ask
/// again every few minutes, and mostly nothing has changed.
/// </summary>
/// <param name="content">The whole answer.</param>
/// <param name="type">Its media type.</param>
/// <param name="maxAge">How long nobody needs to ask again; zero where nobody is to keep it, because it names the address that the caller came by.</param>
/// <param name="lastModified">When it was made. Null for lists: what leaves one changes it, and no line of it says when.</param>
/// <param name="isPersonal">For the one who asks alone: no cache on the way keeps it.</param>
/// <param name="fileName">Offered to be kept under this name.</param>
public sealed class Cacheable(byte[] content, string type, TimeSpan maxAge, DateTimeOffset? lastModified = null, bool isPersonal = false, string? fileName = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..12])}\"");
        httpContext.Response.Headers.CacheControl = maxAge == TimeSpan.Zero ? "no-store" : string.Create(CultureInfo.InvariantCulture, $"{(isPersonal ? "private" : "public")}, max-age={(long)maxAge.TotalSeconds}");
        httpContext.Response.Headers.Append("Vary", "Accept-Language");
        return TypedResults.File(content, type, fileName, lastModified: lastModified is { } at ? new DateTimeOffset(at.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero) : null, entityTag: tag).ExecuteAsync(httpContext);
    }
}
