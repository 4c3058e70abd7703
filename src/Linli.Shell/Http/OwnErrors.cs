using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Http;

/// <summary>An endpoint that speaks a standard of others tells refusals in that standard's form, also those that are made before and around it.</summary>
/// <param name="ShowAsync">Status and words, in the caller's language.</param>
public sealed record OwnErrors(Func<HttpContext, int, string, Task> ShowAsync)
{
    internal static OwnErrors? Of(HttpContext context) =>
        (context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint)?.Metadata.GetMetadata<OwnErrors>();
}
