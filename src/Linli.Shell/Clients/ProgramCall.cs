using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Clients;

/// <summary>A program with a key of this scope may call the endpoint; without this, none may. docs/decisions/0039-keys-on-the-api.md</summary>
public sealed record ForPrograms(string Scope);

public static class ProgramCalls
{
    extension<TBuilder>(TBuilder endpoint) where TBuilder : IEndpointConventionBuilder
    {
        public TBuilder ForPrograms(string scope) => endpoint.WithMetadata(new ForPrograms(scope));
    }
}

/// <summary>
/// Calls of the API with <c>Authorization: Bearer KEY</c>. The key alone says who calls: a session in the same call lends it nothing. Endpoints that are open to
/// everybody are open to it; of the others those alone that name a scope that the key has.
/// </summary>
internal sealed class ProgramCall(RequestDelegate next)
{
    private const string Scheme = "Bearer ";

    private static Failure NotForPrograms { get; } = new Failure.Forbidden("这个接口不对程序的密钥开放。带密钥能调用什么，写在接口文档里。");

    public async Task InvokeAsync(HttpContext context, CurrentActor current, ClientKeys keys, LinliDb db, IEnumerable<ClientScope> scopes)
    {
        var said = context.Request.Headers.Authorization.ToString();
        if (!(said + " ").StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || !context.Request.Path.StartsWithSegments("/api") || context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }

        var scope = endpoint.Metadata.GetMetadata<ForPrograms>()?.Scope;
        var found = await keys.FindAsync(said[Math.Min(Scheme.Length, said.Length)..], scope, context, context.RequestAborted);
        if (!found.Succeeded)
        {
            await RefuseAsync(context, found.Failure);
            return;
        }

        if (scope is null && endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null)
        {
            await RefuseAsync(context, NotForPrograms);
            return;
        }

        var client = found.Value;
        var role = scopes.FirstOrDefault(s => s.Code == scope)?.Role;
        (current.Value, current.Client, current.Account, current.Session) = (role is null ? client.AsReporter() : await InPartAsync(client, role.Value, db, context.RequestAborted), client, null, null);
        await next(context);
    }

    /// <summary>A post over the area of the key, and never one that is cleared for sensitive matters.</summary>
    private static async Task<Actor> InPartAsync(ApiClient client, Role role, LinliDb db, CancellationToken cancellation)
    {
        var area = client.AreaCode ?? await db.Set<Area>().Where(a => a.ParentCode == null).OrderBy(a => a.Code).Select(a => a.Code).FirstOrDefaultAsync(cancellation) ?? "";
        return new Actor(ActorKind.Staff, client.Id, client.Name, [new Post(role, null, area, client.AreaCode is null, [], [])]) { Program = client.Id };
    }

    /// <summary>RFC 6750: a key that is worth nothing is 401, one that is not enough is 403.</summary>
    private static Task RefuseAsync(HttpContext context, Failure failure)
    {
        var isUnknown = ReferenceEquals(failure, ClientKeys.Wrong) || ReferenceEquals(failure, ClientKeys.Missing);
        if (isUnknown || failure is Failure.Forbidden)
        {
            context.Response.Headers.WWWAuthenticate = isUnknown ? "Bearer error=\"invalid_token\"" : "Bearer error=\"insufficient_scope\"";
        }

        return new Problem(failure, status: isUnknown ? StatusCodes.Status401Unauthorized : null).ExecuteAsync(context);
    }
}
