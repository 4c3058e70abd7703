using Linli.Shell.Ledgers;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Ledgers;

internal static class LedgerSources
{
    /// <summary>What ledgers can be made of: requests, their clocks, steps and files.</summary>
    public static IServiceCollection AddRequestLedgers(this IServiceCollection services) => services
        .AddScoped<RequestFilters>().AddScoped<RequestColumns>().AddScoped<RequestFacts>()
        .AddLedgerSource<RequestSource>().AddLedgerSource<ClockSource>().AddLedgerSource<EventSource>().AddLedgerSource<EvidenceSource>();
}
