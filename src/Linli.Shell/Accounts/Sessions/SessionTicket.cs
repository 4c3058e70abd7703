using System.Security.Claims;
using Linli.Kernel;

namespace Linli.Shell.Accounts.Sessions;

/// <summary>What the sign-in cookie says, encrypted: who, in which session. Everything else is read anew per call.</summary>
public sealed record SessionTicket(Guid AccountId, ActorKind Kind, Guid Session)
{
    /// <summary>Authentication scheme and, with its dot, the cookie.</summary>
    public const string Scheme = "linli";
    public const string Cookie = "linli.auth";

    public static SessionTicket? Of(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue("sub"), out var id) && Guid.TryParse(user.FindFirstValue("sid"), out var session)
            ? new SessionTicket(id, user.FindFirstValue("kind") == "resident" ? ActorKind.Resident : ActorKind.Staff, session)
            : null;

    internal static ClaimsPrincipal PrincipalOf(AccountSession session) => new(new ClaimsIdentity(
        [new("sub", session.AccountId.ToString()), new("kind", session.Kind == ActorKind.Resident ? "resident" : "staff"), new("sid", session.Id.ToString())],
        Scheme, nameType: "sub", roleType: null));
}
