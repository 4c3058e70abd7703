using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Evidence.Uploads;

/// <summary>The headers of tus 1.0 (https://tus.io/protocols/resumable-upload).</summary>
internal static class TusHeaders
{
    public const string Length = "Upload-Length";
    public const string Offset = "Upload-Offset";

    /// <summary>Content type of a piece.</summary>
    public const string Piece = "application/offset+octet-stream";

    private const string Version = "1.0.0";
    private const string Resumable = "Tus-Resumable";

    /// <summary>Null when the caller speaks our version, or none (a program that only follows the headers).</summary>
    public static IResult? Refuse(HttpContext context)
    {
        if (context.Request.Headers[Resumable].ToString() is "" or Version)
        {
            return null;
        }

        context.Response.Headers["Tus-Version"] = Version;
        return Results.StatusCode(StatusCodes.Status412PreconditionFailed);
    }

    public static void Greet(IHeaderDictionary headers) => headers[Resumable] = Version;

    public static void Describe(IHeaderDictionary headers, long longest)
    {
        Greet(headers);
        headers["Tus-Version"] = Version;
        headers["Tus-Extension"] = "creation,expiration,termination";
        headers["Tus-Max-Size"] = longest.ToString(CultureInfo.InvariantCulture);
    }

    public static void State(IHeaderDictionary headers, long offset, long length, DateTimeOffset until)
    {
        Greet(headers);
        headers[Offset] = offset.ToString(CultureInfo.InvariantCulture);
        headers[Length] = length.ToString(CultureInfo.InvariantCulture);
        headers["Upload-Expires"] = until.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Null when it is absent, negative or no number.</summary>
    public static long? Number(HttpRequest request, string header) =>
        long.TryParse(request.Headers[header].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>"filename d29ybGQ=,as cmVzaWRlbnQ="; what cannot be read is left out.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(HttpRequest request)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in request.Headers["Upload-Metadata"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(10))
        {
            var parts = pair.Split(' ', 2);
            var value = new byte[1_000];
            if (parts.Length == 2 && Convert.TryFromBase64String(parts[1], value, out var length))
            {
                told[parts[0]] = Encoding.UTF8.GetString(value, 0, length);
            }
        }

        return told;
    }
}
