using Microsoft.Net.Http.Headers;

namespace Linli.Server;

/// <summary>
/// Refuses a message that says in two ways where it ends. Kestrel follows the pieces, as the norm says, and puts the other length aside under this
/// name; a proxy that follows that one would take what comes behind for somebody else's call (request smuggling). RFC 9112, 6.1.
/// </summary>
internal static class OneLength
{
    private const string PutAside = "X-Content-Length";

    public static void UseOneLength(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Headers.TransferEncoding.Count == 0 || !context.Request.Headers.ContainsKey(PutAside))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.Headers[HeaderNames.Connection] = "close";
        return Task.CompletedTask;
    });
}
