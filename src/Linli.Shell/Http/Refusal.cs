using Linli.Kernel;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Http;

/// <summary>A refusal as whoever called can read it: problem details for programs, a page for people.</summary>
public static class Refusal
{
    public static IResult Of(Failure failure) => new Chosen(failure);

    /// <summary>Called by a program or a script of ours rather than by somebody who looks at a page.</summary>
    public static bool IsForProgram(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || context.Request.Path == "/live" ||
        context.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

    private sealed class Chosen(Failure failure) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (IsForProgram(httpContext) && OwnErrors.Of(httpContext) is null)
            {
                return new Problem(failure).ExecuteAsync(httpContext);
            }

            Problem.SetWait(httpContext.Response, failure);
            return ErrorPages.ShowAsync(httpContext, Problem.StatusOf(failure), httpContext.RequestServices.GetRequiredService<Texts>().Of(failure));
        }
    }
}
