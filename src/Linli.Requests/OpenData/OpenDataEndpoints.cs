using System.Globalization;
using Linli.Kernel;
using Linli.Shell.Background;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.OpenData;

/// <param name="Day">The last day that is in it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Address">Where it is.</param>
public sealed record OpenDataLine(DateOnly Day, DateTimeOffset MadeAt, int Rows, int Size, string Sha256, string Address);

/// <summary>/open-data: the bundles of some nights, for everybody.</summary>
internal static class OpenDataEndpoints
{
    public const string Address = "/open-data";

    public static void AddOpenData(this IServiceCollection services)
    {
        services.AddOptions<OpenDataOptions>().BindConfiguration("OpenData").ValidateOnStart();
        services.AddScoped<MakeBundle>().AddPeriodicWork<MakeBundle>(TimeSpan.FromMinutes(20), (make, cancellation) => make.HandleAsync(cancellation));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, async (LinliDb db, CancellationToken cancellation) => new RazorComponentResult<OpenDataPage>(new { Nights = await AllAsync(db, cancellation) })).Public().ExcludeFromDescription();
        routes.MapGet(Address + "/{name:regex(^linli-open-data-\\d{{4}}-\\d{{2}}-\\d{{2}}\\.zip$)}", (string name, LinliDb db, CancellationToken cancellation) =>
            SendAsync(db, DateOnly.TryParseExact(name[16..26], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : default, cancellation)).Public().Costs(Cost.Exporting).ExcludeFromDescription();
        routes.MapGet(Address + "/latest.zip", async (LinliDb db, CancellationToken cancellation) =>
            await SendAsync(db, await db.Set<OpenDataNight>().OrderByDescending(n => n.Day).Select(n => n.Day).FirstOrDefaultAsync(cancellation), cancellation)).Public().Costs(Cost.Exporting).ExcludeFromDescription();
        routes.MapGet("/api/public/open-data", (LinliDb db, CancellationToken cancellation) => AllAsync(db, cancellation)).Public().WithTags("public")
            .WithName("ListOpenData").WithSummary("Bundles of open data, the newest first: ZIP files of CSV tables with a data dictionary and a licence.").Produces<IReadOnlyList<OpenDataLine>>();
    }

    private static async Task<IReadOnlyList<OpenDataLine>> AllAsync(LinliDb db, CancellationToken cancellation) =>
        (await db.Set<OpenDataNight>().AsNoTracking().OrderByDescending(n => n.Day).Take(400).Select(n => new { n.Day, n.MadeAt, n.Rows, n.Size, n.Sha256 }).ToListAsync(cancellation))
            .ConvertAll(n => new OpenDataLine(n.Day, n.MadeAt, n.Rows, n.Size, n.Sha256, $"{Address}/{NameOf(n.Day)}"));

    public static string NameOf(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"linli-open-data-{day:yyyy-MM-dd}.zip");

    private static async Task<IResult> SendAsync(LinliDb db, DateOnly day, CancellationToken cancellation) =>
        await db.Set<OpenDataNight>().AsNoTracking().SingleOrDefaultAsync(n => n.Day == day, cancellation) is { } night
            ? new Cacheable(night.Zip, "application/zip", TimeSpan.FromHours(1), night.MadeAt, fileName: NameOf(day))
            : Refusal.Of(new Failure.NotFound("没有这一天的开放数据。请看 /open-data 列出的日期。"));
}
