using Linli.Kernel;
using Linli.Requests.Demo;
using Linli.Requests.Report;
using Linli.Shell.Accounts;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.EndToEnd.Browsing;

/// <summary>A demo county with some weeks of requests behind it, as <c>linli demo</c> founds it, only fewer. For tests that look and change nothing.</summary>
public sealed class PlayedTown : IAsyncLifetime
{
    private const int Requests = 90;

    /// <summary>The posts of the tests' county begin on <see cref="TestClock.MondayMorning"/>, and the play begins two months back.</summary>
    private static readonly DateTimeOffset Now = TestClock.MondayMorning.AddDays(62);

    private readonly SimulatedClock _clock = new(Now);

    internal BrowserTown Open { get; private set; } = null!;

    internal Town Town => Open.Town;

    /// <summary>The pages: what answers a GET and is not described as an API.</summary>
    internal IReadOnlyList<RouteEndpoint> Pages { get; private set; } = [];

    /// <summary>A request whose secret code is known.</summary>
    internal (string Number, string Code) Own { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Open = await BrowserTown.FoundAsync(
            new TownOptions
            {
                Adjust = builder =>
                {
                    builder.Configuration.AddInMemoryCollection([new("Site:Demo", "true")]);
                    builder.Services.AddSingleton<TimeProvider>(_clock).AddSingleton(new DemoLogins(Town.Accounts));
                },
            },
            town => PlayDemo.RunAsync(town.Services, _clock, ShippedData.Folder("demo"), Now, null, CancellationToken.None, Requests));
        Pages = [.. Town.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(IsPage)];
        using var reporter = await Town.HttpAsync();
        var filed = await reporter.SendJsonAsync(HttpMethod.Post, "/api/requests", new
        {
            serviceType = "old-estate", text = "楼道灯坏了三天，晚上上下楼看不见。", place = new { area = "140427100001" }, idempotencyKey = Guid.NewGuid().ToString("N"),
        });
        var receipt = filed.Json<ReportRequest.Receipt>();
        Own = (receipt.Number, receipt.SecretCode);
    }

    public ValueTask DisposeAsync() => Open?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool IsPage(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true)
        && endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription == true
        && !endpoint.RoutePattern.RawText!.EndsWith(".txt", StringComparison.Ordinal);
}
