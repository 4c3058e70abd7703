using Linli.Kernel.People;
using Linli.Shell.Inbox;
using Linli.Shell.Text;

namespace Linli.Shell.People;

/// <summary>What a role is called in both languages.</summary>
public static class RoleName
{
    public static Named Of(Role role) => role switch
    {
        Role.Dispatcher => new("派单员", "Dispatcher"),
        Role.Handler => new("承办人", "Handler"),
        Role.GridWorker => new("网格员", "Grid worker"),
        Role.Supervisor => new("督办员", "Supervisor"),
        Role.Verifier => new("回访员", "Verifier"),
        Role.Administrator => new("管理员", "Administrator"),
        Role.Auditor => new("审计员", "Auditor"),
        Role.Statistician => new("统计员", "Statistician"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    /// <summary>For the reader.</summary>
    public static string Show(Role role) => Of(role) is var name ? Texts.Pick(name.Zh, name.En) : "";

    /// <summary>Works for an organisation and cannot be held without one.</summary>
    public static bool NeedsOrganisation(Role role) => role is Role.Handler or Role.GridWorker;
}
