using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Evidence.Links;

/// <summary>Makes a link to a file for minutes; see <see cref="EvidenceLinks"/>.</summary>
internal static class LinkEvidence
{
    /// <param name="Minutes">How long it is good, 1 to 60; 10 where it is not said.</param>
    internal sealed record Input(int? Minutes);

    /// <param name="Address">Path and query on this site. Whoever has it sees the file until then: it is a secret.</param>
    internal sealed record Link(string Address, DateTimeOffset Until);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/evidence/{id:guid}/links", HandleAsync).Requires(Permission.AnyStaff).WithName("LinkEvidence").WithTags("evidence")
        .WithSummary("A link to a file that the caller may see, good for minutes and without signing in; it ends early when the caller may no longer see the file.")
        .WithExample(new Input(10)).Produces<Link>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        Guid id, Input input, HttpContext context, LinliDb db, EvidenceReaders readers, EvidenceLinks links, CurrentActor actor, TimeProvider clock, CancellationToken cancellation)
    {
        var minutes = input.Minutes ?? EvidenceLinks.DefaultMinutes;
        if (minutes is < 1 or > EvidenceLinks.MostMinutes)
        {
            return new Problem(new Failure.Invalid("minutes", "链接的有效时间应为 1 到 {0} 分钟，这里是 {1}。", EvidenceLinks.MostMinutes, minutes));
        }

        var file = await db.Set<EvidenceFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancellation);
        if (file is null || actor.Session is not { } session || await readers.AudienceAsync(file, context, cancellation) == EvidenceAudience.Nobody)
        {
            return new Problem(new Failure.NotFound("没有这个文件，或者您不能查看。"));
        }

        var now = clock.GetUtcNow();
        var until = now.AddMinutes(minutes);
        await db.CommitAsync(actor.Value.Act("evidence.link", now, id.ToString()), cancellation);
        return Results.Json(new Link($"/files/{id}?key={links.Make(id, actor.Value.Id, session, until)}", until), Json.Plain, statusCode: StatusCodes.Status201Created);
    }
}
