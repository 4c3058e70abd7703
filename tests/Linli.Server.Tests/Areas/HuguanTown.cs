using Linli.Kernel.Areas;
using Linli.Kernel.People;
using Linli.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Linli.Server.Tests.Areas;

/// <summary>A town with the areas of Huguan, for tests that only look, or whose writes are refused.</summary>
public sealed class HuguanTown : IAsyncLifetime
{
    public Town Town { get; private set; } = null!;
    public HttpClient Anybody { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Town = await Town.EmptyAsync();
        var folder = Path.Combine(AppContext.BaseDirectory, "data", "areas");
        await using Stream csv = File.OpenRead(Path.Combine(folder, "huguan.csv")), geoJson = File.OpenRead(Path.Combine(folder, "huguan.geojson"));
        await Town.InScopeAsync((ImportAreas import) => import.ImportAsync(new AreaFiles(csv, geoJson), Actor.System));
        await Town.Services.GetRequiredService<IHost>().StartAsync();
        Anybody = ((TestServer)Town.Services.GetRequiredService<IServer>()).CreateClient();
    }

    public ValueTask DisposeAsync()
    {
        Anybody.Dispose();
        return Town.DisposeAsync();
    }
}
