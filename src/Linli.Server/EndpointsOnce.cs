using Microsoft.Extensions.Primitives;

namespace Linli.Server;

/// <summary>
/// Builds the endpoints when they are first asked for, and once. A group builds all of its own anew for everybody who asks, at each start
/// for the router and for the page about the API, and compiling two hundred of them takes longer than all the rest of a start.
/// </summary>
internal sealed class EndpointsOnce(IServiceProvider services) : EndpointDataSource, IEndpointRouteBuilder
{
    public IServiceProvider ServiceProvider => services;

    public ICollection<EndpointDataSource> DataSources { get; } = [];

    public override IReadOnlyList<Endpoint> Endpoints => services.GetRequiredService<EndpointShelf>().Take(() => [.. DataSources.SelectMany(s => s.Endpoints)]);

    public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);

    /// <summary>They never change.</summary>
    public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);
}

/// <summary>Keeps built endpoints. They hold no state of their own (what they need comes from the call's services), so that several hosts of one process may share them.</summary>
internal sealed class EndpointShelf
{
    private readonly Lock _building = new();
    private IReadOnlyList<Endpoint>? _built;

    public IReadOnlyList<Endpoint> Take(Func<IReadOnlyList<Endpoint>> build)
    {
        lock (_building)
        {
            return _built ??= build();
        }
    }
}
