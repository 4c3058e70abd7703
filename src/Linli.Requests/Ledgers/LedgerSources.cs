using Linli.Requests.Ledgers.Lists;
using Linli.Shell.Ledgers;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Ledgers;

internal static class LedgerSources
{
    /// <summary>What ledgers can be made of: requests, what belongs to them, and the other lists of the workbench.</summary>
    public static IServiceCollection AddRequestLedgers(this IServiceCollection services) => services
        .AddScoped<RequestFilters>().AddScoped<RequestColumns>().AddScoped<RequestFacts>()
        .AddLedgerSource<RequestSource>().AddLedgerSource<ClockSource>().AddLedgerSource<EventSource>().AddLedgerSource<EvidenceSource>()
        .AddLedgerSource<HandoverSource>().AddLedgerSource<TypeSource>().AddLedgerSource<ResponsibilitySource>().AddLedgerSource<TopicSource>().AddLedgerSource<SuspectSource>()
        .AddLedgerSource<UnmaskingSource>().AddLedgerSource<SuggestionSource>().AddLedgerSource<DispatchAccuracySource>()
        .AddLedgerSource<PartnerSource>().AddLedgerSource<ImportSource>().AddLedgerSource<InboundSource>();
}
