using Linli.Kernel.People;
using Linli.Shell.Ledgers;
using Linli.Shell.Organisations;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Clients;

/// <summary>One thing that a key can allow. Whoever has endpoints for keys says what theirs are called; reading what everybody may read needs no key.</summary>
/// <param name="Code">As it is stored and sent: <c>open311.report</c>.</param>
/// <param name="Text">What administrators tick, in Chinese; key of its English text.</param>
/// <param name="IsUsual">Ticked when nothing else is said.</param>
/// <param name="Role">What the program sees is what this role sees in the area of the key; null for one that sees nothing that the public does not.</param>
/// <param name="IsForAllTypes">What it opens cannot be narrowed to service types, so such a key must not seem to be.</param>
public sealed record ClientScope(string Code, string Text, bool IsUsual = false, Role? Role = null, bool IsForAllTypes = false);

public static class ClientServices
{
    public static IServiceCollection AddLinliClients(this IServiceCollection services) => services.AddSingleton<ClientShelf>().AddScoped<ClientKeys>().AddScoped<IssueKey>()
        .AddClientScopes(
            new ClientScope(LedgersApi.Scope, "读台账和统计表（只有合计，没有个人信息）", Role: Role.Statistician, IsForAllTypes: true),
            new ClientScope(OrganisationsApi.Scope, "读单位名录", Role: Role.Statistician));

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
