using System.Globalization;
using System.Security.Claims;
using Linli.Kernel;

namespace Linli.Shell.Accounts.Sessions;

/// <summary>What the sign-in cookie says, encrypted: who, in which session. Everything else is read anew per call.</summary>
/// <param name="ConfirmedAt">
/// When the holder of this very cookie gave password, passkey or code. It stands in the cookie and not in the session's row, so that confirming
/// gives the browser that did it a new cookie, and a copy that somebody took before is confirmed in nothing.
/// </param>
public sealed record SessionTicket(Guid AccountId, ActorKind Kind, Guid Session, DateTimeOffset ConfirmedAt)
{
    /// <summary>Authentication scheme and, with its dot, the cookie.</summary>
    public const string Scheme = "linli";
    public const string Cookie = "linli.auth";

    public static SessionTicket? Of(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue("sub"), out var id) && Guid.TryParse(user.FindFirstValue("sid"), out var session)
            ? new SessionTicket(id, user.FindFirstValue("kind") == "resident" ? ActorKind.Resident : ActorKind.Staff, session, TimeOf(user.FindFirstValue("at")))
            : null;

    internal static ClaimsPrincipal PrincipalOf(AccountSession session) => new(new ClaimsIdentity(
        [new("sub", session.AccountId.ToString()), new("kind", session.Kind == ActorKind.Resident ? "resident" : "staff"), new("sid", session.Id.ToString()), new("at", session.ConfirmedAt.UtcTicks.ToString(CultureInfo.InvariantCulture))],
        Scheme, nameType: "sub", roleType: null));

    /// <summary>A cookie of an earlier version says nothing: whoever holds it confirms once more.</summary>
    private static DateTimeOffset TimeOf(string? ticks) => new(ticks is null ? 0 : long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
