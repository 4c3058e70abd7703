using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Http;
using Linli.Shell.Pages;
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
        pages.MapGet("", (IssueKey keys, IServiceTypeNames types, bool? done, CancellationToken cancellation) => ShowAsync(keys, types, null, null, null, done == true, cancellation));
        pages.MapPost("", IssueAsync).Confirmed();
        pages.MapPost("/{id:guid}/withdraw", async (IssueKey keys, IServiceTypeNames types, CurrentActor me, Guid id, CancellationToken cancellation) =>
            await keys.WithdrawAsync(me.Value, id, cancellation) is { Succeeded: false } refused
                ? await ShowAsync(keys, types, null, null, refused.Failure, false, cancellation)
                : Results.LocalRedirect($"{Address}?done=true"));

        var api = routes.MapGroup("/api/clients").Requires(ShellPermissions.ManageClients).WithTags("clients");
        api.MapGet("", (IssueKey keys, CancellationToken cancellation) => keys.AllAsync(cancellation))
            .WithName("ListClients").WithSummary("Programs that have or had a key, the newest first.").Produces<IReadOnlyList<ShownClient>>();
        api.MapPost("", async (IssueKey keys, CurrentActor me, ClientInput input, CancellationToken cancellation) =>
            {
                var issued = await keys.HandleAsync(me.Value, input, cancellation);
                return issued.Succeeded ? Results.Json(issued.Value, Json.Plain, statusCode: StatusCodes.Status201Created) : new Problem(issued.Failure);
            })
            .Confirmed().WithName("IssueKey").WithSummary("Issues a key to a program; the answer shows it this once.")
            .WithExample(new ClientInput("Riders' app", "riders@example.com", [ClientScopes.Report], ["street-lamp"], 60, 365)).Produces<IssuedKey>(StatusCodes.Status201Created);
        api.MapDelete("/{id:guid}", async (IssueKey keys, CurrentActor me, Guid id, CancellationToken cancellation) => (await keys.WithdrawAsync(me.Value, id, cancellation)).ToHttp())
            .WithName("WithdrawKey").WithSummary("Takes a key back; it is refused from the next call on.").Produces<ShownClient>();
    }

    private static async Task<IResult> IssueAsync(IssueKey keys, IServiceTypeNames types, CurrentActor me, IFormCollection form, CancellationToken cancellation)
    {
        var input = new ClientInput(form["name"], form["contact"], [.. form["scopes"].Select(s => Enum.TryParse<ClientScopes>(s, ignoreCase: true, out var scope) ? scope : ClientScopes.None)],
            [.. form["serviceTypes"].OfType<string>()], Number(form["rate"], ApiClient.UsualRate), Number(form["days"], null));
        var issued = await keys.HandleAsync(me.Value, input, cancellation);
        return await ShowAsync(keys, types, issued.Succeeded ? null : input, issued.Succeeded ? issued.Value : null, issued.Failure, false, cancellation);
    }

    /// <summary>What is no number is refused as one that is out of bounds.</summary>
    private static int? Number(string? text, int? usual) => string.IsNullOrWhiteSpace(text) ? usual : int.TryParse(text, out var number) ? number : 0;

    private static async Task<IResult> ShowAsync(IssueKey keys, IServiceTypeNames types, ClientInput? input, IssuedKey? issued, Failure? failure, bool isDone, CancellationToken cancellation) =>
        new RazorComponentResult<ClientsPage>(new
        {
            Clients = await keys.AllAsync(cancellation), Types = (IReadOnlyList<Option>)[.. (await types.AllAsync(cancellation)).Select(t => new Option(t.Code, Texts.Pick(t.Name.Zh, t.Name.En)))],
            Input = input, Issued = issued, Failure = failure, Done = isDone,
        })
        { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };
}
