using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Http;

/// <summary>Who is believed and served, how much a call may carry and how long it may take.</summary>
internal static class WebServices
{
    private const int MostFields = 400;
    private const int LongestFieldName = 200;
    private const int LongestField = 256 * 1024;

    public static IServiceCollection AddWebLimits(this IServiceCollection services)
    {
        services.AddOptions<WebOptions>().BindConfiguration("Web").ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<ForwardedHeadersOptions>, Proxies>();
        services.AddOptions<ForwardedHeadersOptions>().ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<HostFilteringOptions>, ServedNames>();
        services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = MostFields;
            form.KeyLengthLimit = LongestFieldName;
            form.ValueLengthLimit = LongestField;
            form.MultipartHeadersCountLimit = 8;
            form.MultipartHeadersLengthLimit = 4 * 1024;
            form.MultipartBodyLengthLimit = BodyLimits.Files;
        });
        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<WebOptions>>((timeouts, web) =>
        {
            timeouts.DefaultPolicy = Policy(web.Value.Timeout);
            timeouts.Policies[BodyLimits.FilesPolicy] = Policy(web.Value.FileTimeout);
        });
        return services;
    }

    /// <summary>Ends what takes too long. What breaks because of that is not a mistake of the program.</summary>
    public static void UseTimeouts(this IApplicationBuilder app)
    {
        app.UseRequestTimeouts();
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception broken) when (broken is not OperationCanceledException && context.RequestAborted.IsCancellationRequested)
            {
                throw new OperationCanceledException("The call was given up.", broken, context.RequestAborted);
            }
        });
    }

    private static RequestTimeoutPolicy Policy(TimeSpan limit) => new() { Timeout = limit, TimeoutStatusCode = StatusCodes.Status504GatewayTimeout };
}
