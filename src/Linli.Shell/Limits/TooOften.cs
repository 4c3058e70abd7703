using Linli.Kernel;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Linli.Shell.Limits;

/// <summary>429: says when to try again, and holds what was typed so that one press sends it once more.</summary>
public static class TooOften
{
    internal const string Words = "操作太频繁。请等 {0} 秒再试。";

    /// <param name="canSendAgain">What was sent may stand in a page: no password.</param>
    internal static async Task ShowAsync(HttpContext context, TimeSpan wait, bool canSendAgain)
    {
        var failure = Of(wait);
        if (Refusal.IsForProgram(context) || OwnErrors.Of(context) is not null || !canSendAgain || !HttpMethods.IsPost(context.Request.Method))
        {
            await Refusal.Of(failure).ExecuteAsync(context);
            return;
        }

        Problem.SetWait(context.Response, failure);
        context.Response.Headers.CacheControl = "no-store";
        var typed = await TypedAsync(context);
        await new RazorComponentResult<TooOftenPage>(new { Wait = SecondsOf(wait), Address = LocalAddress.Of(context.Request), Typed = typed })
        {
            StatusCode = StatusCodes.Status429TooManyRequests,
        }.ExecuteAsync(context);
    }

    public static Failure.TooMany Of(TimeSpan wait) => new(Words, wait, SecondsOf(wait));

    /// <summary>A page is no place for it.</summary>
    private static bool IsSecret(string field) => field.Contains("password", StringComparison.OrdinalIgnoreCase) || field is "old" or "token";

    private static int SecondsOf(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    /// <summary>Only texts, and only as much as a form of texts has; null when that is not all that was sent.</summary>
    private static async Task<IReadOnlyList<KeyValuePair<string, string>>?> TypedAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength is not <= BodyLimits.Plain)
        {
            return null;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return form.Files.Any(f => f.Length > 0) || form.Keys.Any(IsSecret) ? null : [.. form.SelectMany(f => f.Value.Select(value => KeyValuePair.Create(f.Key, value ?? "")))];
    }
}
