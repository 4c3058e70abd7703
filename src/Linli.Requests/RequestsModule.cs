using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Notices;
using Linli.Requests.Photos;
using Linli.Requests.Queue;
using Linli.Requests.Read;
using Linli.Requests.Report;
using Linli.Requests.Steps;
using Linli.Shell;
using Linli.Shell.Evidence;
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
        services.AddScoped<PhotoShelf>().AddScoped<IEvidenceAccess, PhotoAccess>();
        services.AddScoped<ReportRequest>().AddScoped<PlaceFinder>();
        services.AddScoped<ReadRequest>();
        services.AddScoped<QueueQuery>();
        services.AddClocks();
        services.AddSteps();
        services.AddNotices();
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
