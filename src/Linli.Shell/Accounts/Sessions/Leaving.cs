using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Accounts.Sessions;

internal static class Leaving
{
    /// <summary>Signs out in this browser: the cookie goes, and what pages kept on the device (drafts) goes with it.</summary>
    public static Task LeaveAsync(this HttpContext context)
    {
        context.Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return context.SignOutAsync(SessionTicket.Scheme);
    }
}
