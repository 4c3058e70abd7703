using Linli.Kernel;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell;

/// <summary>A capability that can be switched on. The host knows modules only through this.</summary>
public interface ILinliModule
{
    string Name { get; }
    IModelPart Model { get; }
    IReadOnlyList<Permission> Permissions { get; }
    IReadOnlyList<MenuEntry> Menu { get; }
    void AddServices(IServiceCollection services);

    /// <summary>Maps pages and API. Every endpoint says <c>Requires(permission)</c> or <c>Public()</c>; a test holds it to that.</summary>
    void MapEndpoints(IEndpointRouteBuilder endpoints);
}

/// <summary>One entry of the main menu, shown to those who have the permission; null is for everybody.</summary>
/// <param name="Text">Chinese, key of its English text.</param>
/// <param name="Icon">Name of a Tabler icon that web/ bundles.</param>
/// <param name="Hint">What it is good for, Chinese: then it stands on the workbench of those for whom no requests wait there.</param>
public sealed record MenuEntry(string Text, string Href, string Icon, Permission? Permission, int Order = 100, string? Hint = null);
