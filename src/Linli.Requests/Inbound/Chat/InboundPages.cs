using System.Text;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Linli.Requests.Inbound.Chat;

/// <summary>接入地址: for administrators as a page and for programs; and the addresses themselves, which chat programs call.</summary>
internal static class InboundPages
{
    public const string Address = "/admin/inbound";
    private const int LongestBody = 16 * 1024 * 1024;

    public static Permission Permission { get; } = new("requests.inbound", "管理接入地址：群消息变成诉求", Role.Administrator);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Address).Requires(Permission).ExcludeFromDescription();
        pages.MapGet("", ([AsParameters] Parts parts, CancellationToken c) => ShowAsync(parts, new State(), c));
        pages.MapPost("", async ([AsParameters] Parts parts, IFormCollection form, CancellationToken c) =>
        {
            var input = new AddressInput(form["name"], form["own"].ToString() is { Length: > 0 } own ? own : form["mapping"], form["serviceType"], int.TryParse(form["most"], out var most) ? most : 0, form["token"], form["key"], form["appId"], form["appSecret"]);
            var made = await parts.Addresses.MakeAsync(parts.Me.Value, input, c);
            return await ShowAsync(parts, made.Succeeded ? new State { Made = made.Value } : new State { Input = input, Failure = made.Failure }, c);
        }).Confirmed();
        pages.MapPost("/{id:guid}/active", async ([AsParameters] Parts parts, Guid id, IFormCollection form, CancellationToken c) =>
            await parts.Addresses.SwitchAsync(parts.Me.Value, id, form["active"] == "true", c) is { Succeeded: false } refused ? await ShowAsync(parts, new State { Failure = refused.Failure }, c) : Results.LocalRedirect(Address));
        pages.MapPost("/trial", async ([AsParameters] Parts parts, IFormCollection form, CancellationToken c) =>
        {
            var asked = new TrialInput(form["own"].ToString() is { Length: > 0 } own ? own : form["mapping"], form["sample"]);
            var tried = await parts.Addresses.TryAsync(asked, c);
            return await ShowAsync(parts, new State { Asked = asked, Trial = tried.Succeeded ? tried.Value : null, TrialFailure = tried.Succeeded ? null : tried.Failure }, c);
        }).Costs(Cost.Searching);

        var api = routes.MapGroup("/api/inbound-addresses").Requires(Permission).WithTags("inbound");
        api.MapGet("", (KeepAddresses addresses, CurrentActor me, CancellationToken c) => addresses.AllAsync(me.Value, c))
            .WithName("ListInboundAddresses").WithSummary("Addresses that chat programs send messages to, the newest first.").Produces<IReadOnlyList<ShownAddress>>();
        api.MapPost("", async (KeepAddresses addresses, CurrentActor me, AddressInput input, CancellationToken c) =>
            {
                var made = await addresses.MakeAsync(me.Value, input, c);
                return made.Succeeded ? Results.Json(made.Value, Json.Plain, statusCode: StatusCodes.Status201Created) : new Problem(made.Failure);
            })
            .Confirmed().WithName("AddInboundAddress").WithSummary("Makes an address for a chat program; its path is shown this once. The mapping is the name of a shipped one, or JSON.")
            .WithExample(new AddressInput("Riders, group 1", "wecom", "other", 60, "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")).Produces<MadeAddress>(StatusCodes.Status201Created);
        api.MapPut("/{id:guid}/active", async (KeepAddresses addresses, CurrentActor me, Guid id, ActiveInput input, CancellationToken c) => (await addresses.SwitchAsync(me.Value, id, input.Active ?? true, c)).ToHttp())
            .WithName("SwitchInboundAddress").WithSummary("Closes an address or opens it again.").WithExample(new ActiveInput(false)).Produces<ShownAddress>();
        api.MapPost("/trial", async (KeepAddresses addresses, TrialInput input, CancellationToken c) => (await addresses.TryAsync(input, c)).ToHttp())
            .Costs(Cost.Searching).WithName("TryInboundMapping").WithSummary("Says what would become of a message; writes nothing.")
            .WithExample(new TrialInput("generic", "{\"id\":\"1\",\"text\":\"A street lamp is out\"}")).Produces<Trial>();

        foreach (var (method, name, summary) in new[] { ("GET", "AskInbound", "A chat program asks whether the address is ours."), ("POST", "SendInbound", "A message of a chat program, as that program writes it; the answer is what it expects.") })
        {
            routes.MapMethods(KeepAddresses.Path + "{word}", [method], ReceiveAsync).Public().TakesFiles().Costs(Cost.Reporting).WithTags("inbound").WithName(name).WithSummary(summary).Produces<string>(StatusCodes.Status200OK, "text/plain");
        }
    }

    private static async Task<IResult> ReceiveAsync(string word, HttpRequest call, TakeChat take, CancellationToken cancellation)
    {
        var body = await BodyAsync(call, cancellation);
        var answer = body is null ? new ChatAnswer(StatusCodes.Status413PayloadTooLarge, "text/plain", "") : await take.RunAsync(word, call, body, cancellation);
        return Results.Text(answer.Body, answer.Type, Encoding.UTF8, answer.Status);
    }

    private static async Task<string?> BodyAsync(HttpRequest call, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var piece = new byte[81_920];
        for (int read; (read = await call.Body.ReadAsync(piece, cancellation)) > 0;)
        {
            bytes.Write(piece, 0, read);
            if (bytes.Length > LongestBody)
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static async Task<IResult> ShowAsync(Parts parts, State state, CancellationToken cancellation) => new RazorComponentResult<InboundPage>(new
    {
        Addresses = await parts.Addresses.AllAsync(parts.Me.Value, cancellation),
        Types = (IReadOnlyList<Option>)[.. (await parts.Catalogue.NowAsync(cancellation)).Types.Where(t => t.IsActive).Select(t => new Option(t.Code, Texts.Pick(t.NameZh, t.NameEn)))],
        Site = $"{parts.Http.HttpContext!.Request.Scheme}://{parts.Http.HttpContext.Request.Host}",
        state.Input, state.Failure, state.Made, state.Asked, state.Trial, state.TrialFailure,
    })
    { StatusCode = (state.Failure ?? state.TrialFailure) is { } failure ? Problem.StatusOf(failure) : StatusCodes.Status200OK };

    internal sealed record ActiveInput(bool? Active);

    /// <summary>What the page is made of.</summary>
    internal sealed record Parts(KeepAddresses Addresses, CatalogueReader Catalogue, CurrentActor Me, IHttpContextAccessor Http);

    private sealed record State
    {
        public AddressInput Input { get; init; } = new(null, "wecom", "other", 60, null, null);
        public Failure? Failure { get; init; }
        public MadeAddress? Made { get; init; }
        public TrialInput? Asked { get; init; }
        public Trial? Trial { get; init; }
        public Failure? TrialFailure { get; init; }
    }
}
