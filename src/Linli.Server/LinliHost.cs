using Linli.Database;
using Linli.Database.Dialect;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Server.Api;
using Linli.Server.Privacy;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Background;
using Linli.Shell.Http;
using Linli.Shell.Http.Calls;
using Linli.Shell.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Linli.Server;

/// <summary>Puts the product together: the server, every verb and every test use this one list.</summary>
internal static class LinliHost
{
    /// <param name="adjust">Last word on services and configuration, for tests and verbs.</param>
    public static WebApplication Build(DataFolder data, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(LinliHost).Assembly.GetName().Name,
            ContentRootPath = ContentRoot(),
        });
        builder.Configuration.AddLinliSettings(data);
        builder.Host.UseDefaultServiceProvider(o => (o.ValidateScopes, o.ValidateOnBuild) = (true, true));
        builder.WebHost.ConfigureKestrel(ServerLimits.Set);
        AddServices(builder, data);
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseOneLength();
        app.UseDemoExposure();
        app.UseLinliShell();
        app.UseLinliAccounts();
        app.UseApiCalls();

        // Forms carry no tokens; the guard in front of them asks the browser where they come from (docs/decisions/0007).
        var endpoints = new EndpointsOnce(app.Services);
        var routes = endpoints.MapGroup("").DisableAntiforgery().TakesLittle();
        routes.MapHealth();
        ApiDocument.Map(routes);
        foreach (var module in Modules.All)
        {
            module.MapEndpoints(routes);
        }

        ((IEndpointRouteBuilder)app).DataSources.Add(endpoints);
        return app;
    }

    /// <summary>A published Linli carries wwwroot beside the program; from bin/ in the repository it is the server's project folder.</summary>
    private static string ContentRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Linli.slnx")))
            {
                return Path.Combine(folder.FullName, "src", "Linli.Server");
            }
        }

        return AppContext.BaseDirectory;
    }

    private static void AddServices(WebApplicationBuilder builder, DataFolder data)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(data).AddSingleton<EndpointShelf>();
        services.AddDataProtection().SetApplicationName("linli").PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
        services.AddLinliDatabase(scope => Settings.Store(scope.GetRequiredService<IConfiguration>(), data));
        services.AddPrivacy(p => p.GetRequiredService<IConfiguration>()["Privacy:KeyFolder"] is { Length: > 0 } asked ? Path.GetFullPath(asked, data.Path) : data.SealingKeys);
        services.AddScoped<SealedCells>().AddScoped<ResealStore>();
        services.AddPeriodicWork<ResealStore>(ResealStore.Every, (reseal, cancellation) => reseal.RunAsync(cancellation));
        services.AddSingleton<IModelPart, KernelModel>();
        services.AddSingleton(new Texts(Modules.Assemblies));
        ApiDocument.AddTo(services);
        foreach (var module in Modules.All)
        {
            services.AddSingleton(module);
            services.AddSingleton(module.Model);
            module.AddServices(services);
        }
    }
}
