using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Evidence.Links;

/// <summary>Makes a link to a file for minutes; see <see cref="EvidenceLinks"/>. Each is an act of the audit log.</summary>
internal sealed class LinkEvidence(LinliDb db, EvidenceReaders readers, EvidenceLinks links, CurrentActor actor, TimeProvider clock)
{
    /// <param name="Minutes">How long it is good, 1 to 60; 10 where it is not said.</param>
    internal sealed record Input(int? Minutes);

    /// <param name="Address">Path and query on this site. Whoever has it sees the file until then: it is a secret.</param>
    internal sealed record Link(string Address, DateTimeOffset Until);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/evidence/{id:guid}/links", async (Guid id, Input input, HttpContext context, LinkEvidence link, CancellationToken cancellation) =>
            {
                var made = await link.MakeAsync(id, input, context, cancellation);
                return made.Succeeded ? Results.Json(made.Value, Json.Plain, statusCode: StatusCodes.Status201Created) : new Problem(made.Failure);
            })
            .Requires(Permission.AnyStaff).WithName("LinkEvidence").WithTags("evidence")
            .WithSummary("A link to a file that the caller may see, good for minutes and without signing in; it ends early when the caller may no longer see the file.")
            .WithExample(new Input(10)).Produces<Link>(StatusCodes.Status201Created);
        routes.MapPost("/work/files/{id:guid}/link", ShowAsync).Requires(Permission.AnyStaff).ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext context, LinkEvidence link, [FromForm] string? back, CancellationToken cancellation)
    {
        var made = await link.MakeAsync(id, new Input(null), context, cancellation);
        if (!made.Succeeded)
        {
            return Refusal.Of(made.Failure);
        }

        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<LinkPage>(new
        {
            Address = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{made.Value.Address}", made.Value.Until, Back = LocalAddress.OrElse(back, "/work"),
        });
    }

    private async Task<Outcome<Link>> MakeAsync(Guid id, Input input, HttpContext context, CancellationToken cancellation)
    {
        var minutes = input.Minutes ?? EvidenceLinks.DefaultMinutes;
        if (minutes is < 1 or > EvidenceLinks.MostMinutes)
        {
            return new Failure.Invalid("minutes", "链接的有效时间应为 1 到 {0} 分钟，这里是 {1}。", EvidenceLinks.MostMinutes, minutes);
        }

        var file = await db.Set<EvidenceFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancellation);
        if (file is null || actor.Session is not { } session || await readers.AudienceAsync(file, context, cancellation) == EvidenceAudience.Nobody)
        {
            return new Failure.NotFound("没有这个文件，或者您不能查看。");
        }

        var now = clock.GetUtcNow();
        var until = now.AddMinutes(minutes);
        await db.CommitAsync(actor.Value.Act("evidence.link", now, id.ToString()), cancellation);
        return new Link($"/files/{id}?key={links.Make(id, actor.Value.Id, session, until)}", until);
    }
}
