using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts;

/// <summary>One policy per permission that a module declares; named by its key.</summary>
internal sealed class PermissionPolicies(IEnumerable<ILinliModule> modules) : IConfigureOptions<AuthorizationOptions>
{
    public void Configure(AuthorizationOptions options)
    {
        foreach (var permission in modules.SelectMany(m => m.Permissions))
        {
            options.AddPolicy(permission.Key, policy => policy.AddRequirements(new PermissionRequirement(permission)));
        }
    }
}

internal sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

internal sealed class PermissionHandler(CurrentActor current) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (requirement.Permission.IsHeldBy(current.Value))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
