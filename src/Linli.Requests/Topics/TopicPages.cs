using Linli.Shell.Limits;
using System.Globalization;
using Linli.Kernel;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Linli.Requests.Topics;

/// <summary>热点 for staff, as a page and for programs.</summary>
internal static class TopicPages
{
    public const string Address = "/work/topics";
    private const int Usual = 90;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, async (string? days, HotTopics topics, CurrentActor actor, CancellationToken c) =>
            new RazorComponentResult<TopicsPage>(new { View = await topics.RunAsync(actor.Value, Days(days), c) })).Requires(Permission.AnyStaff).Costs(Cost.Exporting).ExcludeFromDescription();
        routes.MapGet("/api/topics", async (string? days, HotTopics topics, CurrentActor actor, CancellationToken c) => Results.Json(await topics.RunAsync(actor.Value, Days(days), c), Json.Plain))
            .Requires(Permission.AnyStaff).Costs(Cost.Exporting).WithName("ListTopics").WithTags("requests")
            .WithSummary("What many requests of the last days (90 unless told, 366 at the most) are about, among those that the caller may see; the largest first.").Produces<TopicsView>();
    }

    private static int Days(string? asked) => int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0 ? days : Usual;
}
