using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Clients;

/// <summary>One thing that a key can allow. Whoever has endpoints for keys says what theirs are called; reading what everybody may read needs no key.</summary>
/// <param name="Code">As it is stored and sent: <c>open311.report</c>.</param>
/// <param name="Text">What administrators tick, in Chinese; key of its English text.</param>
/// <param name="IsUsual">Ticked when nothing else is said.</param>
public sealed record ClientScope(string Code, string Text, bool IsUsual = false);

public static class ClientServices
{
    public static IServiceCollection AddLinliClients(this IServiceCollection services) => services.AddSingleton<ClientShelf>().AddScoped<ClientKeys>().AddScoped<IssueKey>();

    public static IServiceCollection AddClientScopes(this IServiceCollection services, params IEnumerable<ClientScope> scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        foreach (var scope in scopes)
        {
            services.AddSingleton(scope);
        }

        return services;
    }
}
