using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Linli.Shell.Http.Calls;

/// <summary>
/// Entity tags of single things (RFC 9110): the version, where it has one, and a hash of what this reader sees. Whoever has it already is answered 304; whoever
/// changes it says with If-Match which version they looked at. A new endpoint that reads one thing has this by being there.
/// </summary>
public static class EntityTags
{
    /// <summary>Reads one thing: GET under /api, and a place at the end of the address or before the name of one of its parts.</summary>
    public static bool AreOn(string method, string? route) =>
        HttpMethods.IsGet(method) && route?.TrimStart('/') is { } path && path.StartsWith("api/", StringComparison.Ordinal) && path.EndsWith('}');

    /// <summary>The version in a tag of ours; false when the tag is none of ours.</summary>
    /// <param name="seen">Null where every version will do.</param>
    public static bool TrySeen(HttpRequest request, out int? seen)
    {
        ArgumentNullException.ThrowIfNull(request);
        seen = null;
        var tag = request.Headers.IfMatch.ToString().Trim();
        if (tag.Length == 0 || tag == "*")
        {
            return true;
        }

        var own = tag.Trim('"').Split('-');
        if (own.Length == 2 && int.TryParse(own[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            seen = version;
            return true;
        }

        return false;
    }

    internal static void UseEntityTags(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (!AreOn(context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText))
        {
            await next(context);
            return;
        }

        var wire = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = wire;
        }

        var content = kept.GetBuffer().AsMemory(0, (int)kept.Length);
        if (context.Response is { StatusCode: StatusCodes.Status200OK, HasStarted: false } response && response.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true)
        {
            var tag = new EntityTagHeaderValue(TagOf(content.Span));
            response.Headers.ETag = tag.ToString();
            if (context.Request.GetTypedHeaders().IfNoneMatch.Any(asked => asked.Compare(tag, useStrongComparison: false) || asked == EntityTagHeaderValue.Any))
            {
                (response.StatusCode, response.ContentLength) = (StatusCodes.Status304NotModified, null);
                response.Headers.ContentType = default;
                return;
            }
        }

        await wire.WriteAsync(content, context.RequestAborted);
    });

    private static string TagOf(ReadOnlySpan<byte> content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content)[..10]);
        return VersionIn(content) is { } version ? string.Create(CultureInfo.InvariantCulture, $"\"{version}-{hash}\"") : $"\"{hash}\"";
    }

    private static int? VersionIn(ReadOnlySpan<byte> content)
    {
        var json = new Utf8JsonReader(content);
        while (json.Read())
        {
            if (json is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && json.ValueTextEquals("version"u8))
            {
                return json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var version) ? version : null;
            }
        }

        return null;
    }
}
