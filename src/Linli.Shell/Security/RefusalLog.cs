using Linli.Shell.Accounts;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Security;

/// <summary>
/// One line in the log for every call that is refused, with what an investigation needs and nothing that the caller wrote: the pattern of the
/// address instead of the address, the network instead of the caller's own address.
/// </summary>
internal sealed partial class RefusalLog(RequestDelegate next, RefusalCount count, ILoggerFactory logs)
{
    public const string Category = "Linli.Security";
    private readonly ILogger _log = logs.CreateLogger(Category);

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var status = context.Response.StatusCode;
        if (status < StatusCodes.Status400BadRequest)
        {
            return;
        }

        var pattern = EndpointOf(context) is RouteEndpoint { RoutePattern.RawText: { } raw } ? "/" + raw.Trim('/') : null;
        if (IsSuspicious(status))
        {
            count.Add();
        }

        var level = status >= StatusCodes.Status500InternalServerError ? LogLevel.Warning : pattern is null && status == StatusCodes.Status404NotFound ? LogLevel.Debug : LogLevel.Information;
        Refused(level, status, MethodOf(context.Request), pattern ?? "-", AccountOf(context), CallerAddress.BlockOf(context), context.TraceIdentifier);
    }

    [LoggerMessage(Message = "Refused with {Status}: {Method} {Pattern}, account {Account}, from {Network}, call {Call}")]
    private partial void Refused(LogLevel level, int status, string method, string pattern, string account, string network, string call);

    /// <summary>Not what people mistype every day (409, 422), and not our own faults.</summary>
    private static bool IsSuspicious(int status) => status is < StatusCodes.Status500InternalServerError
        and not (StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity or StatusCodes.Status499ClientClosedRequest);

    /// <summary>What broke on the way is shown without its endpoint.</summary>
    private static Endpoint? EndpointOf(HttpContext context) => context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;

    /// <summary>A caller may write anything there.</summary>
    private static string MethodOf(HttpRequest request) =>
        HttpMethods.GetCanonicalizedValue(request.Method) is var known && Known.Contains(known) ? known : "?";

    private static readonly string[] Known =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete, HttpMethods.Patch, HttpMethods.Options, HttpMethods.Trace, HttpMethods.Connect];

    private static string AccountOf(HttpContext context) => context.RequestServices.GetRequiredService<CurrentActor>().Account?.Id.ToString() ?? "-";
}
