using Linli.Kernel;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Linli.Shell.Http;

/// <summary>A page with a form: shown, or shown again with what was refused; says when to try again where it is a matter of time.</summary>
internal sealed class FormPage<TPage>(object parameters, Failure? failure) : IResult where TPage : IComponent
{
    /// <summary>Of a refusal for which the page has no status of its own.</summary>
    public int Refused { get; init; } = StatusCodes.Status422UnprocessableEntity;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        Problem.SetWait(httpContext.Response, failure);
        return new RazorComponentResult<TPage>(parameters)
        {
            StatusCode = failure switch { null => StatusCodes.Status200OK, Failure.TooMany => StatusCodes.Status429TooManyRequests, _ => Refused },
        }.ExecuteAsync(httpContext);
    }
}
