using Linli.Kernel.People;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Linli.Requests.Field;

/// <summary>现场: the hand-held view of grid workers and handlers who are on their way.</summary>
internal static class FieldPages
{
    public const string Address = "/work/field";

    public static Permission Permission { get; } = new("requests.field", "在现场办理诉求", Role.GridWorker, Role.Handler);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Address, ShowAsync).Requires(Permission).ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(FieldQuery field, CurrentActor actor, HttpContext http, CancellationToken cancellation) =>
        new RazorComponentResult<FieldPage>(new
        {
            InHand = await field.InHandAsync(actor.Value, cancellation),
            Around = await field.AroundAsync(actor.Value, cancellation),
            Done = Work.RequestPages.TakenLast(http),
        });
}
