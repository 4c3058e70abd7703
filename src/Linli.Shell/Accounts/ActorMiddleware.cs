using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Accounts;

/// <summary>Turns the signed-in account into an <see cref="Kernel.People.Actor"/> with the appointments valid at this moment.</summary>
public sealed class ActorMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => next(context);
}
