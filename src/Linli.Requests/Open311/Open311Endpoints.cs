using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Report;
using Linli.Shell.Clients;
using Linli.Shell.Http;
using Linli.Shell.Http.Kept;
using Linli.Shell.Limits;
using Linli.Shell.Site;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Open311;

/// <summary>Open311 GeoReport v2 as a server; docs/api/open311.md says what it leaves open and how it is here.</summary>
internal static class Open311Endpoints
{
    public const string Address = "/open311/v2";

    private const string Report = "open311.report";
    private const string Update = "open311.update";

    public static IServiceCollection AddOpen311(this IServiceCollection services)
    {
        services.AddOptions<Open311Options>().BindConfiguration("Open311").ValidateOnStart();
        services.AddSingleton(new OwnErrorsUnder("/open311", Errors));
        return services
            .AddClientScopes(new ClientScope(Report, "用 Open311 送来诉求", IsUsual: true), new ClientScope(Update, "用 Open311 给自己送来的诉求补充情况", IsUsual: true),
                new ClientScope(ReportApi.Scope, "用接口送来诉求"), new ClientScope(ProgramAccess.Scope, "读诉求清单（没有公开的不含标题和地址，只有编号、事项、区域、主办单位、状态和时限）", Role: Role.Supervisor))
            .AddScoped<GeoServices>().AddScoped<GeoJurisdictions>().AddScoped<GeoRequests>().AddScoped<GeoUpdates>().AddScoped<GeoReports>().AddScoped<FetchMedia>().AddScoped<MediaOfReport>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/open311", (HttpContext http, SiteAddress site) => new RazorComponentResult<Open311Page>(new { Address = site.Of(http) })).Public().ExcludeFromDescription();
        foreach (var ending in new[] { "", ".{format}" })
        {
            foreach (var path in new[] { "/open311/discovery", $"{Address}/discovery", $"{Address}/services", $"{Address}/services/{{code}}", $"{Address}/requests/{{number}}", $"{Address}/tokens/{{token}}" })
            {
                routes.Preflight(path + ending, "GET, HEAD");
            }

            routes.Preflight($"{Address}/requests{ending}", "GET, HEAD, POST");
            routes.Preflight($"{Address}/servicerequestupdates{ending}", "GET, HEAD, POST");
            routes.Read($"/open311/discovery{ending}", DiscoverAsync);
            routes.Read($"{Address}/discovery{ending}", DiscoverAsync);
            routes.Read($"{Address}/services{ending}", (c, _) => ListServicesAsync(c));
            routes.Read($"{Address}/services/{{code}}{ending}", (c, _) => c.Of<GeoServices>().DefinitionAsync(c.Route("code"), c.Cancellation));
            routes.Read($"{Address}/requests{ending}", (c, given) => c.Of<GeoRequests>().ListAsync(given, c.Host, c.Cancellation)).Costs(Cost.Searching);
            routes.Read($"{Address}/requests/{{number}}{ending}", (c, given) => c.Of<GeoRequests>().OneAsync(c.Route("number"), given, c.Host, c.Cancellation)).IsKept(seconds: 30);
            routes.Read($"{Address}/tokens/{{token}}{ending}", (c, _) => c.Of<GeoReports>().TokenAsync(c.Route("token"), c.Cancellation));
            routes.Read($"{Address}/servicerequestupdates{ending}", (c, given) => c.Of<GeoUpdates>().ListAsync(given, c.Host, c.Cancellation)).Costs(Cost.Searching);
            routes.Write($"{Address}/requests{ending}", Report, (c, given, client) => c.Of<GeoReports>().SendAsync(given, client, given.Secret("api_key")!, c.Http.Request, c.Cancellation)).TakesFiles();
            routes.Write($"{Address}/servicerequestupdates{ending}", Update, (c, given, client) => c.Of<GeoUpdates>().AddAsync(given, client, c.Http.Request, c.Cancellation)).TakesFiles();
        }
    }

    /// <summary>Also of addresses that there are none of, and of methods that an address does not take.</summary>
    private static OwnErrors Errors { get; } = new((http, status, words) =>
    {
        var texts = http.RequestServices.GetRequiredService<Texts>();
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return new GeoResult(new Call(http).Format ?? GeoFormat.Xml, status, status switch
        {
            StatusCodes.Status404NotFound => texts["没有这个地址。有哪些地址，写在 /open311。"],
            StatusCodes.Status405MethodNotAllowed => texts["这个地址不能用 {0}，可以用：{1}。", http.Request.Method, http.Response.Headers.Allow.ToString()],
            StatusCodes.Status413PayloadTooLarge => texts["发来的内容太大。请减少照片，或者把照片放在网上，用 media_url 说明地址。"],
            _ => words,
        }).ExecuteAsync(http);
    });

    /// <summary>What browsers ask before they send another site's page's call (CORS): nothing here goes by a cookie, so every page may.</summary>
    private static void Preflight(this IEndpointRouteBuilder routes, string path, string methods) =>
        routes.MapMethods(path, [HttpMethods.Options], (HttpContext http, CancellationToken _) =>
        {
            var headers = http.Response.Headers;
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlAllowMethods = headers.Allow = methods;
            headers.AccessControlAllowHeaders = "Accept, Accept-Language, Content-Type, Idempotency-Key, If-None-Match";
            headers.AccessControlMaxAge = "86400";
            return Results.NoContent();
        }).Public().WithMetadata(Errors).ExcludeFromDescription();

    private static Task<Outcome<GeoAnswer>> DiscoverAsync(Call call, GeoParameters given) => Task.FromResult<Outcome<GeoAnswer>>(call.Of<GeoServices>().Discovery(call.Host));

    private static async Task<Outcome<GeoAnswer>> ListServicesAsync(Call call) => await call.Of<GeoServices>().ListAsync(call.Cancellation);

    private static RouteHandlerBuilder Read(this IEndpointRouteBuilder routes, string path, Func<Call, GeoParameters, Task<Outcome<GeoAnswer>>> handle) =>
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpContext http, CancellationToken _) => AnswerAsync(new Call(http), null, handle)).Public().IsKept().WithMetadata(Errors).ExcludeFromDescription();

    private static RouteHandlerBuilder Write(this IEndpointRouteBuilder routes, string path, string scope, Func<Call, GeoParameters, ApiClient, Task<Outcome<GeoAnswer>>> handle) =>
        routes.MapPost(path, async (HttpContext http, CancellationToken _) =>
        {
            var call = new Call(http);
            if (!http.Request.HasFormContentType)
            {
                return (IResult)new GeoResult(call.Format ?? GeoFormat.Xml, new Failure.Invalid("Content-Type", "请用 application/x-www-form-urlencoded 或 multipart/form-data 发送。"));
            }

            IFormCollection form;
            try
            {
                form = await http.Request.ReadFormAsync(call.Cancellation);
            }
            catch (InvalidDataException)   // told apart from what is too large by nobody but its sentence
            {
                return new GeoResult(call.Format ?? GeoFormat.Xml, new Failure.Invalid("form", "表单读不懂：可能缺少分隔符、有不能出现的字符，或者字段太多。请检查程序怎样写表单。"));
            }

            return await AnswerAsync(call, form, async (c, given) =>
            {
                var client = await c.Of<ClientKeys>().FindAsync(given.Secret("api_key"), scope, http, c.Cancellation);
                return client.Succeeded ? await handle(c, given, client.Value) : client.Failure;
            });
        }).Public().TakesKey().Costs(Cost.None).WithMetadata(Errors).ExcludeFromDescription();   // what it costs is taken from the key's own share

    private static async Task<IResult> AnswerAsync(Call call, IFormCollection? form, Func<Call, GeoParameters, Task<Outcome<GeoAnswer>>> handle)
    {
        call.Http.Response.Headers.AccessControlAllowOrigin = "*";   // public data, and calls that no cookie helps
        call.Http.Response.Headers.AccessControlExposeHeaders = "ETag, Retry-After";
        if (call.Format is not { } format)
        {
            return new GeoResult(GeoFormat.Xml, new Failure.Invalid("format", "格式只有 xml 和 json。"));
        }

        var given = new GeoParameters(call.Http.Request, form);
        var part = await call.Of<GeoJurisdictions>().OfAsync(given["jurisdiction_id"], IsAboutAll(call), call.Cancellation);
        if (!part.Succeeded)
        {
            return new GeoResult(format, part.Failure);
        }

        given.Part = part.Value;
        return GeoResult.Of(format, await handle(call, given));
    }

    /// <summary>Discovery says which jurisdictions there are, and a token names its own.</summary>
    private static bool IsAboutAll(Call call) => call.Http.Request.Path.Value is { } path && (path.Contains("/discovery", StringComparison.Ordinal) || path.Contains("/tokens/", StringComparison.Ordinal));

    /// <summary>One call, with what its answer is made of.</summary>
    private sealed record Call(HttpContext Http)
    {
        public CancellationToken Cancellation => Http.RequestAborted;

        public string Host => Of<SiteAddress>().Of(Http);

        /// <summary>By the ending of the address; without one as the caller likes it; null for an ending that is none.</summary>
        public GeoFormat? Format => Ending switch
        {
            null => Http.Request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase) ? GeoFormat.Json : GeoFormat.Xml,
            "xml" => GeoFormat.Xml,
            "json" => GeoFormat.Json,
            _ => null,
        };

        /// <summary>By the address itself: where no endpoint was found, or one broke off, nothing else is left.</summary>
        private string? Ending => Http.Request.RouteValues["format"] as string
            ?? (Path.GetExtension(Http.Request.Path.Value) is (".json" or ".xml") and { } ending ? ending[1..] : null);

        public string Route(string name) => (string)Http.Request.RouteValues[name]!;

        public T Of<T>() where T : notnull => Http.RequestServices.GetRequiredService<T>();
    }
}
