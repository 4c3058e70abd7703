using Linli.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Http.Calls;

/// <summary>
/// The API has dated versions. A program says with a header which one it was written for, and goes on getting answers of that shape; one that is not known is
/// refused rather than answered in a shape that nobody expects. docs/decisions/0035-api-promises.md
/// </summary>
public static class ApiVersions
{
    public const string Header = "Linli-Version";

    /// <summary>Answered to whoever names none.</summary>
    public const string Current = "2026-11-22";

    /// <summary>Every one that is answered, the oldest first; each is held by a file in docs/api/versions.</summary>
    public static IReadOnlyList<string> All { get; } = [Current];

    internal static void UseApiVersions(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            return next(context);
        }

        var asked = context.Request.Headers[Header].ToString();
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Header] = asked.Length > 0 && All.Contains(asked) ? asked : Current;
            return Task.CompletedTask;
        });
        return asked.Length == 0 || All.Contains(asked) ? next(context) : new Problem(new Failure.Invalid(Header, "没有接口版本“{0}”。有这些版本：{1}。", Shown(asked), string.Join(' ', All))).ExecuteAsync(context);
    });

    private static string Shown(string asked) => asked.Length > 20 ? asked[..20] + "…" : asked;
}
