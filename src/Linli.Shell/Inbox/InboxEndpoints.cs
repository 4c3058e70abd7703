using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Http.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Inbox;

/// <summary>The inbox of whoever is signed in; nobody sees another's.</summary>
internal static class InboxEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inbox", PageAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapGet("/inbox/{id:long}", OpenAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapPost("/inbox/read", ReadAllOnPageAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapGet("/api/inbox", ReadAsync).Requires(Permission.AnyStaff).WithName("ReadInbox").WithTags("inbox").WithSummary("Notices, newest first; go on with cursor.").Produces<InboxList>();
        routes.MapPut("/api/inbox/{id:long}/read", ReadOneAsync).Requires(Permission.AnyStaff).WithName("MarkNoticeRead").WithTags("inbox").WithSummary("Marks one notice as read.").Produces(StatusCodes.Status204NoContent);
        routes.MapPut("/api/inbox/read", ReadAllAsync).Requires(Permission.AnyStaff).WithName("MarkNoticesRead").WithTags("inbox")
            .WithSummary("Marks everything up to the notice upTo as read.").Produces<NoticesRead>();
    }

    private static async Task<IResult> PageAsync(ReadInbox inbox, CurrentActor current, bool? unread, long? before, CancellationToken cancellation) =>
        new RazorComponentResult<InboxPage>(new
        {
            List = await inbox.HandleAsync(current.Value.Id, unread ?? false, before, null, cancellation), UnreadOnly = unread ?? false,
        });

    /// <summary>Opening a notice is reading it, as in any mailbox.</summary>
    private static async Task<IResult> OpenAsync(MarkRead mark, CurrentActor current, long id, CancellationToken cancellation)
    {
        var notice = await mark.OneAsync(current.Value, id, cancellation);
        return notice.Succeeded ? Results.LocalRedirect(LocalAddress.OrElse(notice.Value.Link, "/inbox")) : Refusal.Of(notice.Failure);
    }

    private static async Task<IResult> ReadAllOnPageAsync(MarkRead mark, CurrentActor current, [FromForm] long upTo, CancellationToken cancellation)
    {
        await mark.AllAsync(current.Value, upTo, cancellation);
        return Results.LocalRedirect("/inbox");
    }

    private static async Task<IResult> ReadAsync(
        ReadInbox inbox, CurrentActor current, HttpContext http, bool? unread, long? before, int? count, string? cursor, CancellationToken cancellation)
    {
        var last = Cursor.Number(cursor, before);
        if (!last.Succeeded)
        {
            return new Problem(last.Failure);
        }

        var found = await inbox.HandleAsync(current.Value.Id, unread ?? false, last.Value.Last, count, cancellation);
        Cursor.Link(http, found.Older);
        return Results.Json(found, Json.Plain);
    }

    private static async Task<IResult> ReadOneAsync(MarkRead mark, CurrentActor current, long id, CancellationToken cancellation)
    {
        var notice = await mark.OneAsync(current.Value, id, cancellation);
        return notice.Succeeded ? Results.NoContent() : new Problem(notice.Failure);
    }

    private static async Task<IResult> ReadAllAsync(MarkRead mark, CurrentActor current, long upTo, CancellationToken cancellation) =>
        Results.Json(new NoticesRead(await mark.AllAsync(current.Value, upTo, cancellation)), Json.Plain);
}

/// <param name="Count">How many were unread.</param>
public sealed record NoticesRead(int Count);
