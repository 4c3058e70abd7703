using System.Text.Json;
using Linli.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Live;

internal sealed record LiveSubscription(
    string EventName, Func<IServiceProvider, string, CancellationToken, Task<(LiveNews News, LiveAudience Audience)?>> DescribeAsync)
{
    public static LiveSubscription Of<TEvent, TSource>() where TEvent : IEvent where TSource : class, ILiveSource<TEvent> => new(
        typeof(TEvent).Name,
        (scope, payload, cancellation) => scope.GetRequiredService<TSource>().DescribeAsync(JsonSerializer.Deserialize<TEvent>(payload, Json.Plain)!, cancellation));
}
