using Linli.Kernel;
using Linli.Shell.Limits.Floods;
using Linli.Shell.Limits;
using Linli.Requests.Access;
using Linli.Shell.Accounts;
using Linli.Shell.Clients;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Requests.Report;

/// <summary>Reports from programs: of residents without an account, and of staff who file for somebody.</summary>
internal static class ReportApi
{
    /// <summary>Of keys.</summary>
    public const string Scope = "requests.report";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/requests", SendAsync).Public().Costs(Cost.Reporting).ForPrograms(Scope).WithName("ReportRequest").WithTags("requests")
            .WithSummary("Report a request. The answer carries the secret code that proves whose it is; it is not shown again.")
            .WithDescription("Sent again with the same idempotencyKey it is the same request and the same answer. Signed in as staff, it is filed for somebody: channel phone or gridWorker.")
            .WithExample(Example).Produces<ReportRequest.Receipt>(StatusCodes.Status201Created);

    private static async Task<IResult> SendAsync(ReportRequest.Input input, ReportRequest report, CallerSource callers, CurrentActor current, FloodGate gate, HttpContext http, CancellationToken cancellation)
    {
        if (current.Client is { } client)
        {
            return await SendForAsync(client, input, report, cancellation);
        }

        var caller = callers.Any();
        if (!caller.Actor.IsStaff && gate.Pass(http, input.IdempotencyKey ?? "", ProofOf(http.Request)) is { } held)
        {
            return new ProofNeeded(held);
        }

        var isFiled = caller.Actor.IsStaff && input.Channel is Channel.Phone or Channel.GridWorker;
        var outcome = await report.RunAsync(input with { Channel = isFiled ? input.Channel : Channel.Api }, caller, cancellation);
        return outcome.Succeeded ? Results.Json(outcome.Value, Json.Plain, statusCode: StatusCodes.Status201Created) : new Problem(outcome.Failure);
    }

    /// <summary>Of a program: within what its key is for, and nobody asks it for proof of work.</summary>
    private static async Task<IResult> SendForAsync(ApiClient client, ReportRequest.Input input, ReportRequest report, CancellationToken cancellation)
    {
        if (input.ServiceType is { } type && !client.Takes(type))
        {
            return new Problem(new Failure.Forbidden("这个密钥不能报“{0}”这类事项。需要的话，请向本地的管理员申请。", Steps.Check.Short(type)));
        }

        var outcome = await report.RunAsync(input with { Channel = Channel.Api, ExternalSource = Open311.GeoReports.SourceOf(client), Within = client.AreaCode }, new Caller(client.AsReporter()), cancellation);
        return outcome.Succeeded ? Results.Json(outcome.Value, Json.Plain, statusCode: StatusCodes.Status201Created) : new Problem(outcome.Failure);
    }

    internal static Proof ProofOf(HttpRequest request) =>
        request.Headers[FloodGate.Header].ToString().Split(':') is [var token, var nonce] ? new(token, nonce, null) : new(null, null, null);

    private static ReportRequest.Input Example => new(
        "street-lamp", "城南社区卫生站对面的路灯不亮，已经三天了。", null, new PlaceInput("140427100001", "卫生站对面", 113.1943, 36.0890, null),
        new Dictionary<string, string?> { ["fault"] = "dark", ["pole"] = "CN-017" }, "李先生", "13800000000", null, null, null, null, "9f1b6c52-0c3e-4a7e-8a43-1f6f0f2a7f10");
}
