using Linli.Kernel.People;

namespace Linli.Shell;

/// <summary>A right to call some endpoints; who exactly may do what to which record is decided by the use case.</summary>
/// <param name="Key">module.verb, stable.</param>
/// <param name="Explanation">What it lets one do, in Chinese; key of its English text.</param>
/// <param name="Roles">The roles that have it.</param>
public sealed record Permission(string Key, string Explanation, params Role[] Roles)
{
    /// <summary>Signed in with any valid appointment.</summary>
    public static Permission AnyStaff { get; } = new("shell.staff", "登录后使用工作台", Enum.GetValues<Role>());

    /// <summary>Signed in, with or without a post: one's own password, sessions, second factor.</summary>
    public static Permission OwnAccount { get; } = new("shell.own-account", "管理自己的账号", Enum.GetValues<Role>()) { NeedsNoPost = true };

    /// <summary>A resident who has an account, for what is their own.</summary>
    public static Permission Resident { get; } = new("shell.resident", "居民管理自己的账号") { IsForResidents = true };

    /// <summary>For residents with an account, never for staff.</summary>
    public bool IsForResidents { get; init; }

    /// <summary>Whoever is staff has it, also between two posts.</summary>
    public bool NeedsNoPost { get; init; }

    /// <summary>Has one of the roles, in whatever organisation and area.</summary>
    public bool IsHeldBy(Actor actor) => IsForResidents ? actor.Kind == Kernel.ActorKind.Resident && actor.Id != Guid.Empty : actor.Kind == Kernel.ActorKind.Staff && (NeedsNoPost || Roles.Any(actor.Is));
}
