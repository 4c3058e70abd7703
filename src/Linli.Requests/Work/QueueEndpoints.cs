using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Requests.Catalogue;
using Linli.Requests.Floods;
using Linli.Requests.Life;
using Linli.Requests.Queue;
using Linli.Shell.Limits;
using Linli.Shell.Limits.Floods;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Clients;
using Linli.Requests.Access;
using Linli.Shell.Http;
using Linli.Shell.Http.Calls;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Work;

/// <summary>The workbench's lists, as a page and for programs.</summary>
internal static class QueueEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/work", ShowAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
        routes.MapGet("/api/requests", ListAsync).Requires(Permission.AnyStaff).Costs(Cost.Searching).ForPrograms(ProgramAccess.Scope).WithName("ListRequests").WithTags("requests")
            .WithSummary("What the signed-in member of staff may see: by queue, words, state, group, area, organisation; 30 a page; with sort=newest or oldest go on with cursor.").Produces<QueueLines>();
        routes.MapGet("/api/queues", CountAsync).Requires(Permission.AnyStaff).WithName("CountQueues").WithTags("requests")
            .WithSummary("The queues of the signed-in member of staff, each with its count.").Produces<IReadOnlyList<QueueCount>>();
    }

    private static async Task<IResult> ShowAsync([AsParameters] Asked asked, QueueQuery queues, CurrentActor actor, LinliDb db, FloodGauge gauge, HttpContext http, CancellationToken cancellation)
    {
        var counts = await queues.CountsAsync(actor.Value, cancellation);
        if (counts.All(c => c is { Queue: QueueKind.All or QueueKind.FiledByMe, Count: 0 }))
        {
            return new RazorComponentResult<StartPage>();
        }

        var filter = asked.ToFilter(counts.Where(c => c.Count > 0).Select(c => c.Queue).FirstOrDefault(QueueKind.All));
        var groups = await db.Set<ServiceGroup>().AsNoTracking().OrderBy(g => g.Order).ThenBy(g => g.Code).ToListAsync(cancellation);
        var towns = await db.Set<Area>().AsNoTracking().Where(a => a.Level == AreaLevel.Town && a.EndedOn == null).OrderBy(a => a.Code).ToListAsync(cancellation);
        return new RazorComponentResult<QueuePage>(new
        {
            Counts = counts,
            IsFlooded = gauge.WasUp && FloodPages.Permission.IsHeldBy(actor.Value),
            Done = RequestPages.TakenLast(http),
            About = http.Request.Query["about"].ToString() is { Length: > 0 and <= 20 } about && about.All(c => char.IsAsciiDigit(c) || c == '-') ? about : null,
            Filter = filter,
            Page = await queues.ListAsync(filter, actor.Value, cancellation),
            Groups = (IReadOnlyList<Option>)[.. groups.Select(g => new Option(g.Code, Texts.Pick(g.NameZh, g.NameEn)))],
            Towns = (IReadOnlyList<Option>)[.. towns.Select(t => new Option(t.Code, Texts.Pick(t.Name, t.NameEn)))],
        });
    }

    private static async Task<IResult> ListAsync([AsParameters] Asked asked, string? cursor, QueueQuery queues, CurrentActor actor, HttpContext http, CancellationToken cancellation)
    {
        var filter = asked.ToFilter(QueueKind.All);
        var after = Cursor.Read(cursor, QueueFilter.IsSteady(filter.Sort) ? [filter.Sort!] : []);
        if (asked.Wrong() is { Count: > 0 } wrong || !after.Succeeded)
        {
            return new Problem(asked.Wrong() is { Count: > 0 } problems ? new Failure.Invalid(problems) : after.Failure!);
        }

        if (actor.Client is not null && filter.Words is not null)
        {
            return new Problem(new Failure.Invalid("words", "程序不能按词查：没有公开的诉求写了什么，不能这样问出来。"));
        }

        var found = await queues.ListAsync(filter with { After = after.Value.Cursor, For = actor.Client }, actor.Value, cancellation);
        Cursor.Link(http, found.Next);
        return Results.Json(found, Json.Plain);
    }

    private static async Task<IResult> CountAsync(QueueQuery queues, CurrentActor actor, CancellationToken cancellation) =>
        Results.Json((await queues.CountsAsync(actor.Value, cancellation)).Select(c => new QueueCount(c.Queue, c.Count)).ToList(), Json.Plain);

    /// <summary>The filter as it stands in the address; on the page what cannot be read is left out rather than refused, so that no bookmark breaks.</summary>
    internal sealed record Asked(string? Queue, string? Words, string? State, string? Group, string? Area, string? Organisation, string? Type, bool? Late, string? Sort, string? Page)
    {
        /// <summary>What a program is told.</summary>
        public IReadOnlyList<FieldProblem> Wrong() =>
        [
            .. State is { Length: > 0 } && Known<RequestState>(State) is null ? [new FieldProblem("state", "没有这种状态：{0}。", Steps.Check.Short(State))] : Array.Empty<FieldProblem>(),
            .. Sort is { Length: > 0 } && !QueueFilter.Sorts.Contains(Sort.Trim()) ? [new FieldProblem("sort", "没有这种排序：{0}。", Steps.Check.Short(Sort))] : Array.Empty<FieldProblem>(),
            .. Page is { Length: > 0 } && !(int.TryParse(Page, out var page) && page > 0) ? [new FieldProblem("page", "页码从 1 数起，不能是“{0}”。", Steps.Check.Short(Page))] : Array.Empty<FieldProblem>(),
            .. Queue is { Length: > 0 } && Known<QueueKind>(Queue) is null ? [new FieldProblem("queue", "没有这个队列：{0}。", Steps.Check.Short(Queue))] : Array.Empty<FieldProblem>(),
        ];

        public QueueFilter ToFilter(QueueKind usual) => new(
            Known<QueueKind>(Queue) ?? usual, Blank(Words), Known<RequestState>(State), Blank(Type), Blank(Group), Blank(Area), Blank(Organisation), Late == true, Blank(Sort),
            int.TryParse(Page, out var page) && page > 0 ? page : 1);

        private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

        private static T? Known<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
    }
}

public sealed record QueueCount(QueueKind Queue, int Count);
