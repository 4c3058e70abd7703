using System.Collections.Concurrent;
using Linli.Shell.Site;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Sms;

/// <summary>Which way messages leave here: to the gateway, or in the demo into a box that the page itself shows.</summary>
public sealed class SmsWay(ISmsSender gateway, IOptions<SmsOptions> options, IOptions<SiteOptions> site)
{
    private const int Most = 20;
    private readonly ConcurrentQueue<OutgoingSms> _box = new();

    public bool IsOn => HasGateway || site.Value.Demo;

    /// <summary>The last messages of a demo without a gateway, the newest first; empty everywhere else.</summary>
    public IReadOnlyList<OutgoingSms> Box => [.. _box.Reverse()];

    private bool HasGateway => !string.IsNullOrWhiteSpace(options.Value.Url);

    internal Task SendAsync(OutgoingSms sms, CancellationToken cancellation)
    {
        if (HasGateway)
        {
            return gateway.SendAsync(sms, cancellation);
        }

        if (site.Value.Demo)
        {
            _box.Enqueue(sms);
            while (_box.Count > Most)
            {
                _box.TryDequeue(out _);
            }
        }

        return Task.CompletedTask;
    }
}
