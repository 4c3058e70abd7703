using Linli.Kernel;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Http;

/// <summary>The one place where a refusal becomes an answer: RFC 9457, in the reader's language, with a stable code.</summary>
public sealed class Problem(Failure failure) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var texts = httpContext.RequestServices.GetRequiredService<Texts>();
        var details = new ProblemDetails
        {
            Title = failure.Code,
            Type = $"urn:linli:problem:{failure.Code}",
            Status = StatusOf(failure),
            Detail = texts.Of(failure),
            Instance = httpContext.Request.Path,
        };
        if (failure is Failure.Invalid invalid)
        {
            details.Extensions["errors"] = invalid.Problems.GroupBy(p => p.Field).ToDictionary(g => g.Key, g => g.Select(texts.Of).ToArray());
        }

        httpContext.Response.StatusCode = details.Status!.Value;
        return httpContext.Response.WriteAsJsonAsync(details, Json.Plain, "application/problem+json", httpContext.RequestAborted);
    }

    public static int StatusOf(Failure failure) => failure switch
    {
        Failure.SignInNeeded => StatusCodes.Status401Unauthorized,
        Failure.NotFound => StatusCodes.Status404NotFound,
        Failure.Forbidden => StatusCodes.Status403Forbidden,
        Failure.Conflict => StatusCodes.Status409Conflict,
        Failure.Invalid => StatusCodes.Status422UnprocessableEntity,
        _ => throw new NotSupportedException($"No HTTP status is chosen for {failure.GetType().Name}."),
    };
}
