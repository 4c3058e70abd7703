using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Http.Calls;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Audit;

/// <summary>The audit log for auditors: a page, the same for programs, an export, and what an outside party needs to hold the log to its word.</summary>
internal static class AuditEndpoints
{
    public const string Address = "/work/audit";
    private const int MostCheckpoints = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, PageAsync).Requires(ShellPermissions.ReadAudit).Costs(Cost.Searching).ExcludeFromDescription();
        var api = routes.MapGroup("/api/audit").Requires(ShellPermissions.ReadAudit).WithTags("audit");
        api.MapGet("", ListAsync).Costs(Cost.Searching).WithName("ListAudit").WithSummary("Acts, reads of personal data and sign-ins, newest first, 50 a page; matters that the caller has to keep out of are left out.").Produces<AuditPage>();
        api.MapGet("/export", (AuditExport export, [AsParameters] AuditQuery query, CancellationToken cancellation) => export.HandleAsync(query, cancellation))
            .Costs(Cost.Exporting).WithName("ExportAudit").WithSummary("The same as CSV, at most 100,000 rows. That it was taken becomes an entry.").Produces<string>(StatusCodes.Status200OK, "text/csv");
        api.MapGet("/state", (AuditState state, CancellationToken cancellation) => state.ReadAsync(cancellation))
            .WithName("ReadAuditState").WithSummary("How far the log is sealed, and the last checkpoint.").Produces<ChainState>();
        api.MapGet("/checkpoints", CheckpointsAsync).WithName("ListCheckpoints").WithSummary("Signed checkpoints, newest first, 100 at a time.").Produces<AuditCheckpoint[]>();
        api.MapGet("/checkpoints/{sequence:long}", CheckpointAsync).WithName("ReadCheckpoint").WithSummary("One checkpoint as a file to keep outside.").Produces<AuditCheckpoint>();
        api.MapGet("/key", (AuditKeys keys) => Results.Text(keys.Current.Public.Pem + "\n", "application/x-pem-file")).WithName("ReadAuditKey")
            .WithSummary("The public key that checkpoints are checked with, as PEM.").Produces<string>(StatusCodes.Status200OK, "application/x-pem-file");
    }

    private static async Task<IResult> PageAsync(ReadAudit read, AuditState state, CurrentActor me, [AsParameters] AuditQuery query, CancellationToken cancellation)
    {
        var filter = query.Read();
        var page = filter.Succeeded ? await read.ListAsync(filter.Value, me.Value, cancellation) : new AuditPage([], null);
        return new RazorComponentResult<AuditLogPage>(new { Query = query, Found = page, State = await state.ReadAsync(cancellation), read.Verbs, filter.Failure })
        {
            StatusCode = filter.Failure is { } failure ? Problem.StatusOf(failure) : StatusCodes.Status200OK,
        };
    }

    private static async Task<IResult> ListAsync(ReadAudit read, CurrentActor me, HttpContext http, [AsParameters] AuditQuery query, CancellationToken cancellation)
    {
        var filter = query.Read();
        if (!filter.Succeeded)
        {
            return Refusal.Of(filter.Failure);
        }

        var found = await read.ListAsync(filter.Value, me.Value, cancellation);
        Cursor.Link(http, found.Next);
        return Results.Json(found, Json.Plain);
    }

    private static async Task<IResult> CheckpointsAsync(LinliDb db, HttpContext http, long? before, string? cursor, CancellationToken cancellation)
    {
        var asked = Cursor.Number(cursor, before);
        if (!asked.Succeeded)
        {
            return new Problem(asked.Failure);
        }

        var last = asked.Value.Last;
        var found = await db.Set<AuditCheckpoint>().AsNoTracking().Where(c => last == null || c.Sequence < last).OrderByDescending(c => c.Sequence).Take(MostCheckpoints + 1).ToListAsync(cancellation);
        Cursor.Link(http, found.Count > MostCheckpoints ? found[MostCheckpoints - 1].Sequence : null);
        return Results.Json(found.Take(MostCheckpoints), Json.Plain);
    }

    private static async Task<IResult> CheckpointAsync(LinliDb db, long sequence, CancellationToken cancellation) =>
        await db.Set<AuditCheckpoint>().AsNoTracking().SingleOrDefaultAsync(c => c.Sequence == sequence, cancellation) is { } checkpoint
            ? Results.File(System.Text.Encoding.UTF8.GetBytes(checkpoint.ToFile()), "application/json", CheckpointFiles.NameOf(sequence))
            : Refusal.Of(new Failure.NotFound("没有第 {0} 条的检查点。", sequence));
}
