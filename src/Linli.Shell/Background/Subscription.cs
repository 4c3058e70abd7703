using System.Text.Json;
using Linli.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Background;

/// <summary>A handler that waits for events of one type.</summary>
/// <param name="EventName">The event's class name, as the outbox stores it.</param>
/// <param name="Handler">The handler's class name.</param>
/// <param name="ActsOutside">See <see cref="IEventHandler{TEvent}.ActsOutside"/>.</param>
/// <param name="CallAsync">Builds the handler in a scope and hands it the payload.</param>
internal sealed record Subscription(
    string EventName, string Handler, bool ActsOutside, Func<IServiceProvider, string, Delivery, CancellationToken, Task> CallAsync)
{
    public static Subscription Of<TEvent, THandler>() where TEvent : IEvent where THandler : class, IEventHandler<TEvent> => new(
        typeof(TEvent).Name, typeof(THandler).Name, THandler.ActsOutside,
        (scope, payload, delivery, cancellation) =>
        {
            var happened = JsonSerializer.Deserialize<TEvent>(payload, Json.Plain)!;
            return scope.GetRequiredService<THandler>().HandleAsync(happened, delivery, cancellation);
        });
}

/// <summary>Who waits for what.</summary>
internal sealed class Subscriptions(IEnumerable<Subscription> all)
{
    private readonly ILookup<string, Subscription> _byEvent = all.DistinctBy(s => (s.EventName, s.Handler)).ToLookup(s => s.EventName);

    public IEnumerable<Subscription> To(string eventName) => _byEvent[eventName];
}
