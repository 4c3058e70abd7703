using Linli.Kernel;
using Linli.Shell;
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
    public void AddServices(IServiceCollection services) { }
    public void MapEndpoints(IEndpointRouteBuilder endpoints) { }
    public void Configure(ModelBuilder model) { }
}
