using Linli.Kernel;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Http;

/// <summary>The one place where a refusal becomes an answer: RFC 9457, in the reader's language, with a stable code.</summary>
public sealed class Problem(Failure failure, IReadOnlyDictionary<string, object?>? more = null, int? status = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var texts = httpContext.RequestServices.GetRequiredService<Texts>();
        var details = new ProblemDetails
        {
            Title = failure.Code,
            Type = $"urn:linli:problem:{failure.Code}",
            Status = status ?? StatusOf(failure),
            Detail = texts.Of(failure),
            Instance = httpContext.Request.Path,
        };
        if (failure is Failure.Invalid invalid)
        {
            details.Extensions["errors"] = invalid.Problems.GroupBy(p => p.Field).ToDictionary(g => g.Key, g => g.Select(texts.Of).ToArray());
        }

        foreach (var (name, value) in more ?? new Dictionary<string, object?>())
        {
            details.Extensions[name] = value;
        }

        if (details.Status == StatusCodes.Status401Unauthorized && httpContext.Response.Headers.WWWAuthenticate.Count == 0)
        {
            httpContext.Response.Headers.WWWAuthenticate = "Bearer";   // RFC 9110: a refusal of this kind names a way to be known; browsers do not ask for this one
        }

        SetWait(httpContext.Response, failure);
        httpContext.Response.StatusCode = details.Status!.Value;
        return httpContext.Response.WriteAsJsonAsync(details, Json.Plain, "application/problem+json", httpContext.RequestAborted);
    }

    /// <summary>Says when to try again, where it is a matter of time.</summary>
    public static void SetWait(HttpResponse response, Failure? failure)
    {
        if (failure is Failure.TooMany { Wait: var wait })
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    public static int StatusOf(Failure failure) => failure switch
    {
        Failure.SignInNeeded => StatusCodes.Status401Unauthorized,
        Failure.NotFound => StatusCodes.Status404NotFound,
        Failure.Forbidden => StatusCodes.Status403Forbidden,
        Failure.Conflict => StatusCodes.Status409Conflict,
        Failure.Invalid => StatusCodes.Status422UnprocessableEntity,
        Failure.TooMany => StatusCodes.Status429TooManyRequests,
        _ => throw new NotSupportedException($"No HTTP status is chosen for {failure.GetType().Name}."),
    };
}
