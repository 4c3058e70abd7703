using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Http;
using Linli.Shell.Http.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Webhooks;

/// <param name="IsOn">Whether events are sent.</param>
public sealed record WebhookSwitch(bool IsOn);

/// <param name="Delivery">One delivery that was given up; nothing means all of them.</param>
public sealed record RepeatInput(long? Delivery);

/// <summary>Webhooks for programs of administrators.</summary>
internal static class WebhookApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/webhooks").Requires(ShellPermissions.ManageWebhooks).WithTags("webhooks");
        api.MapGet("", (ReadWebhooks webhooks, CurrentActor me, CancellationToken c) => webhooks.AllAsync(me.Value, c))
            .WithName("ListWebhooks").WithSummary("Webhooks, the oldest first.").Produces<IReadOnlyList<ShownWebhook>>();
        api.MapPost("", async (KeepWebhooks keep, CurrentActor me, WebhookInput input, CancellationToken c) =>
            {
                var added = await keep.AddAsync(me.Value, input, c);
                return added.Succeeded ? Results.Json(added.Value, Json.Plain, statusCode: StatusCodes.Status201Created) : new Problem(added.Failure);
            })
            .Confirmed().WithName("AddWebhook").WithSummary("Calls an address of another system when something happens; the answer shows the secret this once.")
            .WithExample(Example).Produces<WebhookSecretShown>(StatusCodes.Status201Created);
        api.MapGet("/types", (IEnumerable<WebhookType> types, Text.Texts texts) => types.Select(t => new NamedWebhookType(t.Name, texts[t.Words])))
            .WithName("ListWebhookTypes").WithSummary("The types of events that a webhook can choose.").Produces<IReadOnlyList<NamedWebhookType>>();
        api.MapGet("/{id:guid}", async (ReadWebhooks webhooks, CurrentActor me, Guid id, CancellationToken c) => (await webhooks.OneAsync(me.Value, id, c)).ToHttp())
            .WithName("ReadWebhook").WithSummary("One webhook.").Produces<ShownWebhook>();
        api.MapPut("/{id:guid}", async (KeepWebhooks keep, ReadWebhooks webhooks, CurrentActor me, Guid id, WebhookInput input, CancellationToken c) =>
                await ShowAsync(webhooks, me, id, await keep.ChangeAsync(me.Value, id, input, c), c))
            .Confirmed().WithName("ChangeWebhook").WithSummary("Changes a webhook; its secret stays.").WithExample(Example).Produces<ShownWebhook>();
        api.MapPut("/{id:guid}/active", async (KeepWebhooks keep, ReadWebhooks webhooks, CurrentActor me, Guid id, WebhookSwitch input, CancellationToken c) =>
                await ShowAsync(webhooks, me, id, await keep.SwitchAsync(me.Value, id, input.IsOn, c), c))
            .WithName("SwitchWebhook").WithSummary("Switches a webhook off or on; what waits goes on waiting, what happens meanwhile is not sent.").WithExample(new WebhookSwitch(true)).Produces<ShownWebhook>();
        api.MapPut("/{id:guid}/secret", async (KeepWebhooks keep, CurrentActor me, Guid id, CancellationToken c) => (await keep.RenewSecretAsync(me.Value, id, c)).ToHttp())
            .Confirmed().WithName("RenewWebhookSecret").WithSummary("A new secret; events are signed with the old one too for 24 hours.").Produces<WebhookSecretShown>();
        api.MapPost("/{id:guid}/test", async (KeepWebhooks keep, CurrentActor me, Guid id, CancellationToken c) => (await keep.TestAsync(me.Value, id, c)).ToHttp())
            .WithName("TestWebhook").WithSummary("Sends a test event, once.").Produces<Repeated>();
        api.MapGet("/{id:guid}/deliveries", DeliveriesAsync)
            .WithName("ListWebhookDeliveries").WithSummary("Events on their way, delivered and given up, with every try: state is waiting, delivered or dead; the newest first, 50 a page.").Produces<DeliveryList>();
        api.MapPost("/{id:guid}/repeats", async (KeepWebhooks keep, CurrentActor me, Guid id, RepeatInput input, CancellationToken c) => (await keep.RepeatAsync(me.Value, id, input.Delivery, c)).ToHttp())
            .WithName("RepeatWebhookDeliveries").WithSummary("Sends what was given up once more: one, or all.").WithExample(new RepeatInput(1204)).Produces<Repeated>();
        api.MapDelete("/{id:guid}", async (KeepWebhooks keep, CurrentActor me, Guid id, CancellationToken c) => (await keep.RemoveAsync(me.Value, id, c)).ToHttp())
            .Confirmed().WithName("RemoveWebhook").WithSummary("Removes a webhook with everything that waits for it.").Produces<Repeated>();
        routes.MapGet(WebhookTypes.SchemaAddress, (CancellationToken _) => Results.Text(Schema.Value, "application/schema+json"))
            .Public().WithTags("webhooks").WithName("ReadWebhookSchema").WithSummary("JSON schema of what events carry, version 1.").Produces<string>(contentType: "application/schema+json");
    }

    private static async Task<IResult> DeliveriesAsync(ReadWebhooks webhooks, CurrentActor me, HttpContext http, Guid id, string? state, long? before, string? cursor, CancellationToken c)
    {
        var (asked, last) = (StateOf(state), Cursor.Number(cursor, before));
        if (!asked.Succeeded || !last.Succeeded)
        {
            return new Problem(asked.Failure ?? last.Failure!);
        }

        var found = await webhooks.DeliveriesAsync(me.Value, id, asked.Value.State, last.Value.Last, c);
        Cursor.Link(http, found.Succeeded ? found.Value.Next : null);
        return found.ToHttp();
    }

    private static WebhookInput Example => new("City platform", "https://example.com/linli", ["linli.request.dispatch", "linli.request.resolve"], "140427100", ["street-lamp"]);

    /// <summary>As the JSON of the answers writes it.</summary>
    private static Outcome<Asked> StateOf(string? state) =>
        string.IsNullOrEmpty(state) ? new Asked(null)
        : Enum.TryParse<DeliveryState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? new Asked(known)
        : new Failure.Invalid("state", "状态只能是 waiting、delivered 或 dead。");

    private sealed record Asked(DeliveryState? State);

    private static Lazy<string> Schema { get; } = new(() =>
    {
        using var stream = new StreamReader(typeof(WebhookApi).Assembly.GetManifestResourceStream("webhook-event-1.json")!);
        return stream.ReadToEnd();
    });

    private static async Task<IResult> ShowAsync(ReadWebhooks webhooks, CurrentActor me, Guid id, Outcome<Webhook> changed, CancellationToken cancellation) =>
        changed.Succeeded ? (await webhooks.OneAsync(me.Value, id, cancellation)).ToHttp() : new Problem(changed.Failure);
}

/// <param name="Name">CloudEvents type.</param>
/// <param name="Words">What happened.</param>
public sealed record NamedWebhookType(string Name, string Words);
