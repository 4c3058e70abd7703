using Linli.Database;
using Linli.Shell.Audit;
using Linli.Shell.Http;
using Linli.Shell.Limits;

namespace Linli.Server;

/// <summary>For load balancers and monitors: is the process alive, and can it do its work?</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live")).Public().Costs(Cost.None).ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).Public().Costs(Cost.None).ExcludeFromDescription();
        routes.MapGet("/health/audit", AuditAsync).Public().Costs(Cost.None).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(Schema schema, ILogger<Schema> log, CancellationToken cancellation)
    {
        try
        {
            return (await schema.LookAsync(cancellation)).IsCurrent
                ? Results.Text("ready")
                : Results.Text("schema is not current", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(failure, "The store does not answer");
            return Results.Text("store does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Apart from readiness: an instance whose log is sealed late still does its work, but somebody has to look.</summary>
    private static async Task<IResult> AuditAsync(AuditState audit, CancellationToken cancellation) =>
        (await audit.ReadAsync(cancellation)).IsLate ? Results.Text("audit log is not sealed", statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text("sealed");
}
