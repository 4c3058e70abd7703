using System.Globalization;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Net.Http.Headers;

namespace Linli.Shell.Http.Kept;

/// <summary>Gives the answer of before as long as the store is as it was; see <see cref="KeptAnswerMark.IsKept{TBuilder}"/>.</summary>
internal sealed class KeptAnswers(RequestDelegate next, TimeProvider time) : IDisposable
{
    private const int LargestAnswer = 512 * 1024;
    private const long MostKept = 64 * 1024 * 1024;
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    public async Task InvokeAsync(HttpContext context, CurrentActor current, IStoreWatch watch)
    {
        watch.Pin();   // one look serves the whole call: all that was committed before it is in its answer
        if (context.GetEndpoint()?.Metadata.GetMetadata<KeptAnswer>() is not { Longest: var longest } || !IsUnknown(context, current))
        {
            await next(context);
            return;
        }

        // Looked at before anything is read: what is committed from here on may be in the answer, what was committed before is.
        var (revision, now) = ((await watch.NowAsync()).Revision, time.GetUtcNow());
        var asked = context.Request;
        var key = new Key(asked.Scheme, asked.Host.Value, asked.Path.Value, asked.QueryString.Value, asked.Headers.Accept.ToString(), CultureInfo.CurrentUICulture.Name, watch.Store);
        if (_kept.TryGetValue(key, out Answer? kept) && kept!.Revision == revision && (now - kept.At).Duration() < longest)
        {
            await kept.GiveAsync(context);
            return;
        }

        if (await TakeAsync(context) is { } body && context.Response.StatusCode == StatusCodes.Status200OK)
        {
            var answer = new Answer(revision, now, body, context.Response.ContentType, [.. Answer.Headers.Select(h => (h, context.Response.Headers[h].ToString())).Where(h => h.Item2.Length > 0)]);
            _kept.Set(key, answer, new MemoryCacheEntryOptions { Size = body.Length + 1_000, SlidingExpiration = TimeSpan.FromMinutes(1) });
        }
    }

    public void Dispose() => _kept.Dispose();

    private static bool IsUnknown(HttpContext context, CurrentActor current) =>
        HttpMethods.IsGet(context.Request.Method) && current.Value == Kernel.People.Actor.Anonymous && !context.Request.Headers.ContainsKey(HeaderNames.Authorization)
        && !context.Request.Headers.ContainsKey(HeaderNames.IfNoneMatch) && !context.Request.Query.ContainsKey("api_key");

    /// <summary>Lets the endpoint answer, and keeps a copy.</summary>
    /// <returns>Null when it is too large to keep.</returns>
    private async Task<byte[]?> TakeAsync(HttpContext context)
    {
        var outside = context.Features.Get<IHttpResponseBodyFeature>()!;
        using var taken = new MemoryStream();
        var inside = new StreamResponseBodyFeature(taken);
        context.Features.Set<IHttpResponseBodyFeature>(inside);
        try
        {
            await next(context);
            await inside.CompleteAsync();
        }
        finally
        {
            context.Features.Set(outside);
        }

        taken.Position = 0;
        context.Response.ContentLength ??= taken.Length;
        await taken.CopyToAsync(outside.Stream, context.RequestAborted);
        return taken.Length <= LargestAnswer ? taken.ToArray() : null;
    }

    private readonly record struct Key(string Scheme, string? Host, string? Path, string? Query, string Accept, string Language, string Store);

    private sealed record Answer(long Revision, DateTimeOffset At, byte[] Body, string? ContentType, (string Name, string Value)[] Own)
    {
        public static readonly string[] Headers = [HeaderNames.ETag, HeaderNames.LastModified, HeaderNames.Link, HeaderNames.CacheControl, HeaderNames.Vary, HeaderNames.ContentDisposition, HeaderNames.AccessControlAllowOrigin];

        public async Task GiveAsync(HttpContext context)
        {
            (context.Response.ContentType, context.Response.ContentLength) = (ContentType, Body.Length);
            foreach (var (name, value) in Own)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.Body.WriteAsync(Body, context.RequestAborted);
        }
    }
}
