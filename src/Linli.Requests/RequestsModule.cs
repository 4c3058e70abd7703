using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Checking;
using Linli.Requests.Clocks;
using Linli.Requests.Notices;
using Linli.Requests.Photos;
using Linli.Requests.Queue;
using Linli.Requests.Read;
using Linli.Requests.Report;
using Linli.Requests.Steps;
using Linli.Requests.Track;
using Linli.Shell;
using Linli.Shell.Background;
using Linli.Shell.Evidence;
using Linli.Shell.Live;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests;

/// <summary>诉求: the closed loop from a report to its close.</summary>
public sealed class RequestsModule : ILinliModule, IModelPart
{
    public string Name => "requests";
    public IModelPart Model => this;
    public IReadOnlyList<Permission> Permissions => [];
    public IReadOnlyList<MenuEntry> Menu => [];

    public void AddServices(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<CatalogueReader>();
        services.AddScoped<CallerSource>().AddScoped<TrackingCookie>();
        services.AddScoped<StepRunner>().AddScoped<StepLookups>().AddScoped<PhotoShelf>().AddScoped<IEvidenceAccess, PhotoAccess>().AddScoped<Timekeeper>();
        services.AddScoped<ReportRequest>().AddScoped<PlaceFinder>().AddScoped<LapseRequest>().AddScoped<ClockWatch>();
        services.AddScoped<ReadRequest>().AddScoped<QueueQuery>();
        services.AddScoped<ConcernedFilter>();
        services.AddEventHandler<RequestStepTaken, TellThoseConcerned>();
        services.AddEventHandler<RequestStepTaken, WriteToReporters>();
        services.AddEventHandler<ClockApproaching, TellOfClocks>();
        services.AddLiveSource<RequestStepTaken, LiveQueue>();
        services.AddSingleton(_ => WorkCalendars.Shipped());
        services.AddSingleton(new VerificationSample("linli"));
        foreach (var step in StepRegistry.All)
        {
            step.AddTo(services);
        }
    }

    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        foreach (var step in StepRegistry.All)
        {
            step.MapApi(endpoints);
        }
    }

    public void Configure(ModelBuilder model)
    {
        model.AddCatalogue();
        model.AddRequests();
    }
}
