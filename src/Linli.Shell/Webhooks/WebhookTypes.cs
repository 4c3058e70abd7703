using Linli.Kernel;
using Linli.Kernel.Clocks;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Webhooks;

/// <summary>A type of event that a module offers to other systems.</summary>
/// <param name="Name">CloudEvents type: linli.request.dispatch. Once published, it never changes its meaning.</param>
/// <param name="Words">What happened, in Chinese; key of its English.</param>
public sealed record WebhookType(string Name, string Words);

public static class WebhookTypes
{
    /// <summary>Sent by the button "send a test event" alone.</summary>
    public const string Test = "linli.test";

    /// <summary>
    /// What was told is no longer for this receiver: forget it. Sent whatever types were chosen, to those who had heard of the subject.
    /// </summary>
    public const string Hidden = "linli.request.hidden";

    /// <summary>The JSON schema of what an event carries, version 1: fields are added, never changed or removed.</summary>
    public const string SchemaAddress = "/api/schemas/webhook-event-1.json";

    public static IServiceCollection AddWebhookTypes(this IServiceCollection services, IEnumerable<WebhookType> types)
    {
        foreach (var type in types)
        {
            services.AddSingleton(type);
        }

        return services;
    }
}

/// <summary>Something that happened, for other systems. Without personal data, titles and words of residents.</summary>
/// <param name="Id">The same whenever it is made from the same happening.</param>
/// <param name="Order">Place among the events of its subject.</param>
/// <param name="AreaCode">Where, for choosing; what is told of it stands in the data.</param>
/// <param name="Reach">Who may hear of this happening, among those who may hear of its subject.</param>
/// <param name="Data">What is told, as JSON.</param>
public sealed record WebhookEvent(string Id, string Type, string Subject, long Order, DateTimeOffset At, string? AreaCode, string? ServiceType, WebhookReach Reach, object Data);
