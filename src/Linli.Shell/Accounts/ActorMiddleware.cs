using System.Security.Claims;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Residents;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Accounts;

/// <summary>Turns the session of the call into an <see cref="Kernel.People.Actor"/> with the appointments valid at this moment.</summary>
public sealed class ActorMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CurrentActor current, LoadActor load, OwnResident residents)
    {
        if (SessionTicket.Of(context.User) is { } ticket)
        {
            if (ticket.Kind == ActorKind.Resident)
            {
                if (await residents.FindAsync(ticket.AccountId, ticket.Session, context.RequestAborted) is { } own)
                {
                    current.Value = Actor.Anonymous with { Id = ticket.AccountId };
                    current.Session = ticket.Session;
                    current.ConfirmedAt = ticket.ConfirmedAt;
                    if (own)
                    {
                        await load.TouchAsync(ticket.Session, context.RequestAborted);
                    }
                }
                else
                {
                    await ForgetAsync(context);
                }
            }
            else if (await load.FindAsync(ticket.AccountId, ticket.Session, context.RequestAborted) is { } found)
            {
                current.Value = found.Actor;
                current.Session = ticket.Session;
                current.ConfirmedAt = ticket.ConfirmedAt;
                current.LacksFactor = found.LacksFactor;
                current.Account = new SignedIn(ticket.AccountId, found.Login, found.Actor.Name, found.NameEn, found.Language);
                if (found.IsToBeTouched)
                {
                    await load.TouchAsync(ticket.Session, context.RequestAborted);
                }
            }
            else
            {
                await ForgetAsync(context);
            }
        }

        await next(context);
    }

    /// <summary>Disabled, ended, or over by itself: the cookie is worth nothing any more.</summary>
    private static Task ForgetAsync(HttpContext context)
    {
        context.User = new ClaimsPrincipal(new ClaimsIdentity());
        return context.SignOutAsync(SessionTicket.Scheme);
    }
}
