using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Evidence;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell;

/// <summary>What every installation has, whatever it does: accounts, inbox, live news, background work. Registered like any module.</summary>
public sealed class ShellModule : ILinliModule, IModelPart
{
    public string Name => "shell";
    public IModelPart Model => this;
    public IReadOnlyList<Permission> Permissions => [Permission.AnyStaff];
    public IReadOnlyList<MenuEntry> Menu => [];

    public void AddServices(IServiceCollection services) => services.AddLinliAccounts().AddLinliEvidence();

    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        SignInEndpoints.Map(endpoints);
        endpoints.MapLinliEvidence();
    }

    public void Configure(ModelBuilder model) => model.Entity<Account>(Account.Map);
}
