using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Clients;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Http.Calls;

/// <summary>
/// Idempotency-Key at the POSTs of the API by somebody who is signed in, or by a program with a key: after a lost answer the same call is sent again, and is done once. Reports of residents carry a
/// key in their body, because they have no account that it could belong to. Files are not taken twice by way of what names them afterwards, so calls that send one refuse the key.
/// </summary>
public static class IdempotentCalls
{
    public const string Header = "Idempotency-Key";
    private const int ShortestKey = 8, LongestKey = 200, LargestAnswer = 100_000;

    /// <summary>What says to a program where to go on; the rest of the headers is made anew for each answer.</summary>
    private static readonly string[] KeptHeaders = ["Location", "Link", "ETag"];

    private static Failure NotHere { get; } = new Failure.Invalid(Header, "这个接口不接受 Idempotency-Key：发送文件、登录和只查询的调用不用它。请去掉这个请求头再发。");
    private static Failure BadKey { get; } = new Failure.Invalid(Header, "Idempotency-Key 要有 {0} 到 {1} 个字符，每次新的操作用一个新的，例如 UUID。", ShortestKey, LongestKey);
    private static Failure Reused { get; } = new Failure.Invalid(Header, "这个 Idempotency-Key 已经用在另一次内容不同的调用上。新的操作请用新的。");
    private static Failure Running { get; } = new Failure.Conflict("still_running", "同一个 Idempotency-Key 的上一次调用还没有结束。请过几秒再发一次。");

    /// <summary>The process ended in the middle: doing it again could do it twice.</summary>
    private static Failure CutOff { get; } = new Failure.Conflict("outcome_unknown", "同一个 Idempotency-Key 的上一次调用中断了，不知道有没有做成。请先查看；没有做成的，换一个新的 Idempotency-Key 再发。");
    private static Failure TooLong { get; } = new Failure.Conflict("already_done", "同一个 Idempotency-Key 的上一次调用已经做成了，回答太长，没有留存。请查看结果。");

    /// <summary>By the endpoint, so that the document says the same: where there is an account or a key that it can belong to, and no file.</summary>
    /// <param name="endpoint">Metadata of one that is posted to.</param>
    public static bool AreTaken(IEnumerable<object> endpoint) =>
        endpoint.Any(m => m is IAuthorizeData or ForPrograms or TakesReporterCode) && !endpoint.Any(m => m is TakesFile);

    internal static void UseIdempotentCalls(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.Headers.TryGetValue(Header, out var sent) || !request.Path.StartsWithSegments("/api") || context.GetEndpoint() is not RouteEndpoint endpoint
            || context.RequestServices.GetRequiredService<CurrentActor>() is not { Value: var actor } caller || (caller.Account is null && caller.Client is null))
        {
            await next(context);
            return;
        }

        if (!AreTaken(endpoint.Metadata))
        {
            await new Problem(NotHere).ExecuteAsync(context);
            return;
        }

        var key = sent.ToString().Trim();
        if (key.Length is < ShortestKey or > LongestKey)
        {
            await new Problem(BadKey).ExecuteAsync(context);
            return;
        }

        request.EnableBuffering();
        var bodyHash = Convert.ToHexStringLower(await SHA256.HashDataAsync(request.Body, context.RequestAborted));
        request.Body.Position = 0;
        await using var scope = context.RequestServices.CreateAsyncScope();
        var calls = scope.ServiceProvider.GetRequiredService<RememberCalls>();
        var id = RememberCalls.IdOf(actor, AddressOf(endpoint, request), key);
        if (await calls.BeginAsync(actor, id, bodyHash, context.RequestAborted) is { } earlier)
        {
            await AnswerAsync(context, calls, earlier, bodyHash);
            return;
        }

        var (wire, kept) = (context.Response.Body, new MemoryStream());
        context.Response.Body = kept;
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            context.Response.Body = wire;
            await calls.EndAsync(id, status, context.Response.ContentType, kept.Length > LargestAnswer ? null : Headers(context.Response) + "\n" + Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length));
        }

        await wire.WriteAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length), context.RequestAborted);
    });

    private static Task AnswerAsync(HttpContext context, RememberCalls calls, RememberedCall earlier, string bodyHash)
    {
        if (earlier.BodyHash != bodyHash || earlier.Status is null || earlier.Answer is null)
        {
            return new Problem(earlier.BodyHash != bodyHash ? Reused : earlier.Status is not null ? TooLong : calls.IsCutOff(earlier) ? CutOff : Running).ExecuteAsync(context);
        }

        var (response, answer) = (context.Response, calls.AnswerOf(earlier));
        var body = answer.StartsWith('\n') ? 1 : answer.IndexOf("\n\n", StringComparison.Ordinal) + 2;
        foreach (var line in answer[..body].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            response.Headers.Append(line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        }

        response.StatusCode = earlier.Status.Value;
        response.ContentType = earlier.ContentType;
        response.Headers["Idempotency-Replayed"] = "true";
        return response.WriteAsync(answer[body..], context.RequestAborted);
    }

    /// <summary>The same however its letters are written: routes take them in any case, values in the address do not.</summary>
    private static string AddressOf(RouteEndpoint endpoint, HttpRequest request) =>
        string.Join('\n', request.RouteValues.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Value}").Prepend(endpoint.RoutePattern.RawText).Append(request.QueryString.Value));

    /// <summary>A line for each value; an empty line ends them, as in HTTP.</summary>
    private static string Headers(HttpResponse response) => string.Concat(KeptHeaders.SelectMany(name => response.Headers[name].Select(value => $"{name}:{value}\n")));
}
