using Linli.Testing;

namespace Linli.Attacks;

/// <summary>One running town for a class whose tests only read.</summary>
public sealed class OpenTown : IAsyncLifetime
{
    public Town Town { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Town = await Town.FoundAsync();
        await Town.StartAsync();
    }

    public ValueTask DisposeAsync() => Town.DisposeAsync();
}
