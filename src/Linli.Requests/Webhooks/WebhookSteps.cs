using System.Text.Json;
using Linli.Contracts.Requests;
using Linli.Requests.Life;
using Linli.Shell.Background;
using Linli.Shell.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Webhooks;

/// <summary>Which steps other systems may hear of, and by which names.</summary>
internal static class WebhookSteps
{
    public const string Approaching = "linli.clock.approaching";
    public const string Breached = "linli.clock.breached";

    /// <summary>Who is out of a request is nobody else's business; imports are not news.</summary>
    public static bool AreTold(Step step) => step is not (Step.Recuse or Step.Readmit or Step.Import);

    /// <summary>linli.request.grant-extension</summary>
    public static string TypeOf(Step step) => "linli.request." + JsonNamingPolicy.KebabCaseLower.ConvertName(step.ToString());

    public static void AddRequestWebhooks(this IServiceCollection services)
    {
        services.AddScoped<TellOfRequest>();
        services.AddEventHandler<RequestStepTaken, PushSteps>();
        services.AddEventHandler<ClocksRanDown, PushClocks>();
        services.AddWebhookTypes([.. Enum.GetValues<Step>().Where(AreTold).Select(s => new WebhookType(TypeOf(s), LifeTexts.Of(s).Key)), new(Approaching, "时限快到了"), new(Breached, "超过时限")]);
    }
}

/// <summary>Queues a step for those who want to hear of it, with those before it that were late.</summary>
internal sealed class PushSteps(TellOfRequest tell, QueueWebhooks queue) : IEventHandler<RequestStepTaken>
{
    public async Task HandleAsync(RequestStepTaken happened, Delivery delivery, CancellationToken cancellation)
    {
        if (await queue.AreWantedAsync(cancellation))
        {
            await tell.HandleAsync(happened.RequestId, happened.Sequence, null, happened.At, cancellation);
        }
    }
}

/// <summary>Queues what clocks say.</summary>
internal sealed class PushClocks(TellOfRequest tell, QueueWebhooks queue) : IEventHandler<ClocksRanDown>
{
    public async Task HandleAsync(ClocksRanDown happened, Delivery delivery, CancellationToken cancellation)
    {
        if (!await queue.AreWantedAsync(cancellation))
        {
            return;
        }

        foreach (var clock in happened.Clocks)
        {
            await tell.HandleAsync(clock.RequestId, null, (clock.ClockId, happened.IsBreached, new NewsClock(JsonNamingPolicy.CamelCase.ConvertName(clock.Kind), clock.DueAt.ToUniversalTime())), delivery.At, cancellation);
        }
    }
}
