using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Http;
using Linli.Shell.Pages;
using Linli.Shell.People;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Clients;

/// <summary>Keys of other programs, for administrators: as a page and for programs.</summary>
internal static class ClientEndpoints
{
    public const string Address = "/admin/clients";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Address).Requires(ShellPermissions.ManageClients).ExcludeFromDescription();
        pages.MapGet("", ([AsParameters] Parts parts, bool? done, CancellationToken cancellation) => ShowAsync(parts, New(parts), null, null, done == true, cancellation));
        pages.MapPost("", IssueAsync).Confirmed();
        pages.MapPost("/{id:guid}/withdraw", async ([AsParameters] Parts parts, Guid id, CancellationToken cancellation) =>
            await parts.Keys.WithdrawAsync(parts.Me.Value, id, cancellation) is { Succeeded: false } refused
                ? await ShowAsync(parts, New(parts), null, refused.Failure, false, cancellation)
                : Results.LocalRedirect($"{Address}?done=true"));

        var api = routes.MapGroup("/api/clients").Requires(ShellPermissions.ManageClients).WithTags("clients");
        api.MapGet("", (IssueKey keys, CurrentActor me, CancellationToken cancellation) => keys.AllAsync(me.Value, cancellation))
            .WithName("ListClients").WithSummary("Programs that have or had a key, the newest first.").Produces<IReadOnlyList<ShownClient>>();
        api.MapPost("", async (IssueKey keys, CurrentActor me, ClientInput input, CancellationToken cancellation) =>
            {
                var issued = await keys.HandleAsync(me.Value, input, cancellation);
                return issued.Succeeded ? Results.Json(issued.Value, Json.Plain, statusCode: StatusCodes.Status201Created) : new Problem(issued.Failure);
            })
            .Confirmed().WithName("IssueKey").WithSummary("Issues a key to a program; the answer shows it this once.")
            .WithExample(new ClientInput("Riders' app", "riders@example.com", ["open311.report"], ["street-lamp"], 60, 365)).Produces<IssuedKey>(StatusCodes.Status201Created);
        api.MapDelete("/{id:guid}", async (IssueKey keys, CurrentActor me, Guid id, CancellationToken cancellation) => (await keys.WithdrawAsync(me.Value, id, cancellation)).ToHttp())
            .WithName("WithdrawKey").WithSummary("Takes a key back; it is refused from the next call on.").Produces<ShownClient>();
    }

    private static async Task<IResult> IssueAsync([AsParameters] Parts parts, IFormCollection form, CancellationToken cancellation)
    {
        var input = new ClientInput(
            form["name"], form["contact"], [.. form["scopes"].OfType<string>()], [.. form["serviceTypes"].OfType<string>()], Number(form["rate"], ApiClient.UsualRate), Number(form["days"], null), form["areaCode"]);
        var issued = await parts.Keys.HandleAsync(parts.Me.Value, input, cancellation);
        return issued.Succeeded
            ? await ShowAsync(parts, New(parts), issued.Value, null, false, cancellation)
            : await ShowAsync(parts, input, null, issued.Failure, false, cancellation);
    }

    private static ClientInput New(Parts parts) => new(null, null, parts.Keys.Usual, null, null, 365);

    /// <summary>What is no number is refused as one that is out of bounds.</summary>
    private static int? Number(string? text, int? usual) => string.IsNullOrWhiteSpace(text) ? usual : int.TryParse(text, out var number) ? number : 0;

    private static async Task<IResult> ShowAsync(Parts parts, ClientInput input, IssuedKey? issued, Failure? failure, bool isDone, CancellationToken cancellation) =>
        new RazorComponentResult<ClientsPage>(new
        {
            Clients = await parts.Keys.AllAsync(parts.Me.Value, cancellation),
            Types = (IReadOnlyList<Option>)[.. (await parts.Types.AllAsync(cancellation)).Select(t => new Option(t.Code, Texts.Pick(t.Name.Zh, t.Name.En)))],
            Areas = (IReadOnlyList<Option>)[.. (await parts.Choices.AreasAsync(cancellation)).Where(a => AdministratorReach.Covers(parts.Me.Value, a.Value))],
            ReachesAll = AdministratorReach.Covers(parts.Me.Value, null), Scopes = parts.Keys.Scopes, Input = input, Issued = issued, Failure = failure, Done = isDone,
        })
        { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };

    /// <summary>What the page is made of.</summary>
    internal sealed record Parts(IssueKey Keys, IServiceTypeNames Types, PostChoices Choices, CurrentActor Me);
}
