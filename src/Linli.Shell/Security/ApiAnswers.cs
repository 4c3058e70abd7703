using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Security;

/// <summary>An answer of the API that somebody opens in a browser is saved under a name that is ours, whatever stands in the address (reflected file download).</summary>
internal static class ApiAnswers
{
    public static void UseApiAnswers(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            context.Response.OnStarting(Name, context.Response);
        }

        return next(context);
    });

    private static Task Name(object state)
    {
        var response = (HttpResponse)state;
        if (response.Headers.ContentDisposition.Count == 0 && response.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true)
        {
            response.Headers.ContentDisposition = "attachment; filename=\"api.json\"";
        }

        return Task.CompletedTask;
    }
}
