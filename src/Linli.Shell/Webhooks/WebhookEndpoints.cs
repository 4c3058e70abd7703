using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Clients;
using Linli.Shell.Http;
using Linli.Shell.Pages;
using Linli.Shell.People;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Webhooks;

/// <summary>/admin/webhooks: the administrator's pages.</summary>
internal static class WebhookEndpoints
{
    public const string Address = "/admin/webhooks";

    public static string PageOf(Guid id) => $"{Address}/{id}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Address).Requires(ShellPermissions.ManageWebhooks).ExcludeFromDescription();
        pages.MapGet("", (Scene scene, bool? removed, CancellationToken cancellation) => ListAsync(scene, null, null, removed == true, cancellation));
        pages.MapPost("", AddAsync).Confirmed();
        pages.MapGet("/{id:guid}", (Scene scene, Guid id, string? state, long? before, string? done, CancellationToken cancellation) => ShowAsync(scene, id, state, before, new WebhookNews(Done: done), cancellation));
        pages.MapPost("/{id:guid}", ChangeAsync).Confirmed();
        pages.MapPost("/{id:guid}/secret", RenewAsync).Confirmed();
        pages.MapPost("/{id:guid}/active", (Scene scene, Guid id, [FromForm] bool isActive, CancellationToken c) => ThenAsync(scene, id, "saved", scene.Keep.SwitchAsync(scene.Me.Value, id, isActive, c), c));
        pages.MapPost("/{id:guid}/test", (Scene scene, Guid id, CancellationToken c) => ThenAsync(scene, id, "test", scene.Keep.TestAsync(scene.Me.Value, id, c), c));
        pages.MapPost("/{id:guid}/repeats", (Scene scene, Guid id, IFormCollection form, CancellationToken c) =>
            ThenAsync(scene, id, "repeated", scene.Keep.RepeatAsync(scene.Me.Value, id, long.TryParse(form["delivery"], out var one) ? one : form.ContainsKey("delivery") ? 0 : null, c), c));
        pages.MapPost("/{id:guid}/remove", async (Scene scene, Guid id, CancellationToken cancellation) =>
            await scene.Keep.RemoveAsync(scene.Me.Value, id, cancellation) is { Succeeded: false } refused ? Refusal.Of(refused.Failure) : Results.LocalRedirect($"{Address}?removed=true")).Confirmed();
    }

    private static async Task<IResult> AddAsync(Scene scene, IFormCollection form, CancellationToken cancellation)
    {
        var added = await scene.Keep.AddAsync(scene.Me.Value, Read(form), cancellation);
        return added.Succeeded ? await ShowAsync(scene, added.Value.Id, null, null, new WebhookNews(Secret: added.Value.Secret), cancellation) : await ListAsync(scene, Read(form), added.Failure, false, cancellation);
    }

    private static async Task<IResult> ChangeAsync(Scene scene, Guid id, IFormCollection form, CancellationToken cancellation)
    {
        var changed = await scene.Keep.ChangeAsync(scene.Me.Value, id, Read(form), cancellation);
        return changed.Succeeded ? Results.LocalRedirect($"{PageOf(id)}?done=saved") : await ShowAsync(scene, id, null, null, new WebhookNews(Input: Read(form), Failure: changed.Failure), cancellation);
    }

    private static async Task<IResult> RenewAsync(Scene scene, Guid id, CancellationToken cancellation)
    {
        var renewed = await scene.Keep.RenewSecretAsync(scene.Me.Value, id, cancellation);
        return await ShowAsync(scene, id, null, null, new WebhookNews(Secret: renewed.Succeeded ? renewed.Value.Secret : null, Failure: renewed.Failure), cancellation);
    }

    private static async Task<IResult> ThenAsync<T>(Scene scene, Guid id, string done, Task<Outcome<T>> deed, CancellationToken cancellation) where T : notnull =>
        await deed is { Succeeded: false } refused ? await ShowAsync(scene, id, null, null, new WebhookNews(Failure: refused.Failure), cancellation) : Results.LocalRedirect($"{PageOf(id)}?done={done}");

    private static async Task<IResult> ListAsync(Scene scene, WebhookInput? input, Failure? failure, bool isRemoved, CancellationToken cancellation) =>
        new RazorComponentResult<WebhooksPage>(new { Webhooks = await scene.Webhooks.AllAsync(scene.Me.Value, cancellation), Choices = await scene.ChoicesAsync(cancellation), Input = input, Failure = failure, Removed = isRemoved })
        {
            StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure),
        };

    private static async Task<IResult> ShowAsync(Scene scene, Guid id, string? state, long? before, WebhookNews shown, CancellationToken cancellation)
    {
        DeliveryState? asked = Enum.TryParse<DeliveryState>(state, out var known) && Enum.IsDefined(known) ? known : null;
        var webhook = await scene.Webhooks.OneAsync(scene.Me.Value, id, cancellation);
        var deliveries = await scene.Webhooks.DeliveriesAsync(scene.Me.Value, id, asked, before, cancellation);
        return !webhook.Succeeded || !deliveries.Succeeded ? Refusal.Of(webhook.Failure ?? deliveries.Failure!)
            : new RazorComponentResult<WebhookPage>(new { Webhook = webhook.Value, Deliveries = deliveries.Value, State = asked, Choices = await scene.ChoicesAsync(cancellation), Shown = shown })
            {
                StatusCode = shown.Failure is { } failure ? Problem.StatusOf(failure) : StatusCodes.Status200OK,
            };
    }

    private static WebhookInput Read(IFormCollection form) => new(
        form["name"], form["url"], [.. form["types"].OfType<string>()], form["area"], [.. form["serviceTypes"].OfType<string>()],
        form["reach"] == nameof(WebhookReach.Internal) ? WebhookReach.Internal : WebhookReach.Public, int.TryParse(form["version"], out var version) ? version : null);

    /// <summary>What the pages need.</summary>
    internal sealed class Scene(KeepWebhooks keep, ReadWebhooks webhooks, CurrentActor me, PostChoices choices, IServiceTypeNames services, IEnumerable<WebhookType> types, Texts texts)
    {
        public KeepWebhooks Keep => keep;
        public ReadWebhooks Webhooks => webhooks;
        public CurrentActor Me => me;

        public async Task<WebhookChoices> ChoicesAsync(CancellationToken cancellation) => new(
            [.. types.Select(t => new Option(t.Name, texts[t.Words]))], await choices.AreasAsync(cancellation),
            [.. (await services.AllAsync(cancellation)).Select(t => new Option(t.Code, Texts.Pick(t.Name.Zh, t.Name.En)))]);
    }
}

/// <summary>What the form offers.</summary>
public sealed record WebhookChoices(IReadOnlyList<Option> Types, IReadOnlyList<Option> Areas, IReadOnlyList<Option> ServiceTypes);

/// <summary>What happened just now, as the page of one webhook tells it.</summary>
public sealed record WebhookNews(string? Secret = null, string? Done = null, WebhookInput? Input = null, Failure? Failure = null);
