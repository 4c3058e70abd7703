using Linli.Contracts.Requests;
using Linli.Shell.Background;
using Linli.Shell.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Notices;

internal static class NoticeServices
{
    public static void AddNotices(this IServiceCollection services)
    {
        services.AddScoped<ConcernedFilter>();
        services.AddEventHandler<RequestStepTaken, TellThoseConcerned>();
        services.AddEventHandler<RequestStepTaken, WriteToReporters>();
        services.AddEventHandler<ClocksRanDown, TellOfClocks>();
        services.AddLiveSource<RequestStepTaken, LiveQueue>();
    }
}
