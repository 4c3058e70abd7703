using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Http;

/// <summary>An endpoint that speaks a standard of others tells refusals in that standard's form, also those that are made before and around it.</summary>
/// <param name="ShowAsync">Status and words, in the caller's language.</param>
public sealed record OwnErrors(Func<HttpContext, int, string, Task> ShowAsync)
{
    internal static OwnErrors? Of(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) is RouteEndpoint endpoint ? endpoint.Metadata.GetMetadata<OwnErrors>()
        : context.RequestServices.GetServices<OwnErrorsUnder>().FirstOrDefault(u => context.Request.Path.StartsWithSegments(u.Path, out var rest) && rest.Value?.Length > 1)?.Errors;
}

/// <summary>The same for addresses below a path where no endpoint is, and for methods that none of them takes.</summary>
public sealed record OwnErrorsUnder(string Path, OwnErrors Errors);
