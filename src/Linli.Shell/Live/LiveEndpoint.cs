using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Live;

/// <summary>GET /live: news for whoever is signed in, as server-sent events. A beat every 20 seconds keeps the line open.</summary>
internal static class LiveEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/live", Open)
        .Requires(Permission.AnyStaff).WithName("Listen").WithTags("inbox")
        .WithSummary("News as server-sent events, for as long as the line is open: that something is new, not what.").Produces<LiveNews>(contentType: "text/event-stream").DisableRequestTimeout();

    private static IResult Open(HttpContext context, CurrentActor current, LiveHub hub, IServiceScopeFactory scopes, IOptions<WebOptions> web, CancellationToken cancellation)
    {
        var ticket = SessionTicket.Of(context.User)!;
        if (hub.Join(current.Value, ticket.Session, web.Value.MaxLive) is not { } listener)
        {
            return Refusal.Of(new Failure.TooMany("这个账号同时打开的页面太多。请关掉几个再刷新。", TimeSpan.FromMinutes(1)));
        }

        context.Response.RegisterForDispose(listener); // also when the caller is gone before the first word
        context.Response.Headers["X-Accel-Buffering"] = "no"; // A proxy must not hold it back.
        return TypedResults.ServerSentEvents(ListenAsync(ticket, listener, hub, scopes, cancellation));
    }

    private static async IAsyncEnumerable<SseItem<LiveNews>> ListenAsync(
        SessionTicket ticket, LiveHub.Listener listener, LiveHub hub, IServiceScopeFactory scopes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return Item("open", new LiveNews("open", "", DateTimeOffset.UnixEpoch));
        while (true)
        {
            var waits = await WaitAsync(listener, hub.Beat, cancellation);
            if (waits is null)
            {
                yield break;
            }

            while (listener.News.TryRead(out var news))
            {
                yield return Item(news.Kind, news);
            }

            if (waits is false)
            {
                if (await ReloadAsync(ticket, listener, scopes, cancellation) is false)
                {
                    yield break;
                }

                yield return Item("beat", new LiveNews("beat", "", DateTimeOffset.UnixEpoch));
            }
        }
    }

    private static SseItem<LiveNews> Item(string kind, LiveNews news) => new(news, kind);

    /// <returns>True for news, false for time to beat, null for the end.</returns>
    private static async Task<bool?> WaitAsync(LiveHub.Listener listener, TimeSpan beat, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(beat);
        try
        {
            return await listener.News.WaitToReadAsync(limit.Token) ? true : null;
        }
        catch (OperationCanceledException)
        {
            return cancellation.IsCancellationRequested ? null : false;
        }
    }

    /// <summary>Posts may have changed, the account may be disabled or signed out everywhere since the page was opened.</summary>
    private static async Task<bool> ReloadAsync(SessionTicket ticket, LiveHub.Listener listener, IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<LoadActor>().FindAsync(ticket.AccountId, ticket.Session, cancellation);
        if (found is null || !Permission.AnyStaff.IsHeldBy(found.Actor))
        {
            return false;
        }

        listener.Actor = found.Actor;
        return true;
    }
}
