using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Accounts;

/// <summary>Turns the signed-in account into an <see cref="Kernel.People.Actor"/> with the appointments valid at this moment.</summary>
public sealed class ActorMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentActor current, LoadActor load)
    {
        if (SessionTicket.Of(context.User) is { } ticket)
        {
            if (await load.FindAsync(ticket.AccountId, ticket.Stamp, context.RequestAborted) is { } found)
            {
                current.Value = found.Actor;
                current.Account = new SignedIn(ticket.AccountId, found.Login, found.Actor.Name, found.NameEn, found.Language, ticket.Session);
            }
            else
            {
                // Disabled, or signed out everywhere: the cookie is worth nothing any more.
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
                await context.SignOutAsync(SessionTicket.Scheme);
            }
        }

        await next(context);
    }
}
