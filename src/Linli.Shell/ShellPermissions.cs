using Linli.Kernel.People;

namespace Linli.Shell;

/// <summary>What the shell itself lets one do.</summary>
public static class ShellPermissions
{
    public static Permission ManagePeople { get; } = new("shell.people", "管理人员、岗位和密码", Role.Administrator);
    public static Permission ManageOrganisations { get; } = new("shell.organisations", "管理单位", Role.Administrator);
    public static Permission ManageCalendars { get; } = new("shell.calendars", "管理工作日历", Role.Administrator);
    public static Permission ReadAudit { get; } = new("shell.audit", "查看审计日志", Role.Auditor);
    public static Permission ManageClients { get; } = new("shell.clients", "给其他系统发放和收回密钥", Role.Administrator);
    public static Permission ManageWebhooks { get; } = new("shell.webhooks", "管理事件推送", Role.Administrator);
    public static Permission ShareLedgers { get; } = new("shell.share-ledgers", "把台账共享给某种岗位或所有人", Role.Administrator, Role.Supervisor, Role.Statistician);
    public static IReadOnlyList<Permission> All { get; } = [Permission.AnyStaff, Permission.OwnAccount, Permission.Resident, ManagePeople, ManageOrganisations, ManageCalendars, ManageClients, ManageWebhooks, ReadAudit, ShareLedgers];
}
