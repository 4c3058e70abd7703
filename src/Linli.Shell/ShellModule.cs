using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.Places;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Passkeys;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Accounts.Tries;
using Linli.Shell.Areas;
using Linli.Shell.Audit;
using Linli.Shell.Background;
using Linli.Shell.Clients;
using Linli.Shell.Clocks;
using Linli.Shell.Clocks.Pages;
using Linli.Shell.Design;
using Linli.Shell.Evidence;
using Linli.Shell.Feeds;
using Linli.Shell.Http;
using Linli.Shell.Http.Calls;
using Linli.Shell.Inbox;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Pages;
using Linli.Shell.Limits;
using Linli.Shell.Live;
using Linli.Shell.Mail;
using Linli.Shell.Organisations;
using Linli.Shell.People;
using Linli.Shell.People.Deputies;
using Linli.Shell.People.Invitations;
using Linli.Shell.Residents;
using Linli.Shell.Security;
using Linli.Shell.Setup;
using Linli.Shell.Sms;
using Linli.Shell.Webhooks;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell;

/// <summary>What every installation has, whatever it does: accounts, inbox, live news, background work. Registered like any module.</summary>
public sealed class ShellModule : ILinliModule, IModelPart
{
    public string Name => "shell";
    public IModelPart Model => this;
    public IReadOnlyList<Permission> Permissions => ShellPermissions.All;
    public IReadOnlyList<MenuEntry> Menu =>
    [
        new("工作日历", "/work/calendars", "calendar", Permission.AnyStaff, 700, "哪些天、哪些钟点算工作时间；节假日安排发布后在这里导入。"),
        new("台账", LedgerPages.Address, "layout-list", Permission.AnyStaff, 50, "自己搭或现成的台账、周报、月报：自动填，可以下载 XLSX、CSV 或打印，也可以定时生成。"),
        new("审计日志", AuditEndpoints.Address, "history", ShellPermissions.ReadAudit, 710, "谁在什么时候做了什么、看了谁的个人信息；可以查找和导出。"),
        new("人员", "/admin/people", "users", ShellPermissions.ManagePeople, 800, "添加和邀请人员，安排岗位，发一次性代码，停用账号。"),
        new("单位", "/admin/organisations", "building", ShellPermissions.ManageOrganisations, 810, "谁能主办诉求：部门、乡镇、企业、社会组织和志愿服务队。"),
        new("接口密钥", ClientEndpoints.Address, "key", ShellPermissions.ManageClients, 820, "让别的单位的程序凭密钥把诉求送进来（Open311），随时可以收回。"),
        new("事件推送", WebhookEndpoints.Address, "transfer-out", ShellPermissions.ManageWebhooks, 830, "诉求有进展时自动通知别的系统；送到没有、为什么没送到，都看得到，可以重发。"),
    ];

    public void AddServices(IServiceCollection services) =>
        services.AddLinliShell().AddLinliLimits().AddAreas().AddPlaces().AddOrganisations().AddLinliAccounts().AddLinliResidents().AddLinliPeople().AddLinliBackground().AddLinliMail().AddLinliInbox().AddLinliLive().AddLinliEvidence().AddLinliClocks().AddLinliAudit().AddLinliLedgers().AddLinliSecurity().AddLinliClients().AddLinliWebhooks().AddLinliFeeds().AddApiCalls();

    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        SignInEndpoints.Map(endpoints);
        endpoints.MapLinliEvidence();
        AccountPages.Map(endpoints);
        AccountApi.Map(endpoints);
        SecondFactorPages.Map(endpoints);
        SecondFactorApi.Map(endpoints);
        PasskeyEndpoints.Map(endpoints);
        SetUpPages.Map(endpoints);
        PeopleApi.Map(endpoints);
        PeoplePages.Map(endpoints);
        InvitationEndpoints.Map(endpoints);
        ResidentEndpoints.Map(endpoints);
        DeputyPages.Map(endpoints);
        ClientEndpoints.Map(endpoints);
        WebhookEndpoints.Map(endpoints);
        WebhookApi.Map(endpoints);
        CalendarFeedEndpoints.Map(endpoints);
        OrganisationsApi.Map(endpoints);
        AreaEndpoints.Map(endpoints);
        PlaceEndpoints.Map(endpoints);
        OrganisationPages.Map(endpoints);
        InboxEndpoints.Map(endpoints);
        LiveEndpoint.Map(endpoints);
        ClockApi.Map(endpoints);
        CalendarApi.Map(endpoints);
        CalendarPages.Map(endpoints);
        AuditEndpoints.Map(endpoints);
        LedgersApi.Map(endpoints);
        LedgerPages.Map(endpoints);
        Preferences.Map(endpoints);
        SecurityText.Map(endpoints);
        DesignPages.Map(endpoints);
    }

    public void Configure(ModelBuilder model)
    {
        model.Entity<Account>(Account.Map);
        model.Entity<AccountSession>(AccountSession.Map);
        model.Entity<AccountDevice>(AccountDevice.Map);
        model.Entity<TryCounter>(TryCounter.Map);
        model.Entity<RecoveryCode>(RecoveryCode.Map);
        model.Entity<FactorReset>(FactorReset.Map);
        model.Entity<Passkey>(Passkey.Map);
        model.Entity<Invitation>(Invitation.Map);
        model.Entity<ApiClient>(ApiClient.Map);
        model.Entity<Webhook>(Webhook.Map);
        model.Entity<CalendarFeed>(CalendarFeed.Map);
        model.Entity<RememberedCall>(RememberedCall.Map);
        model.Entity<WebhookDelivery>(WebhookDelivery.Map);
        model.Entity<WebhookTry>(WebhookTry.Map);
        model.Entity<Resident>(Resident.Map);
        model.Entity<SentCode>(SentCode.Map);
        model.Entity<Notice>(Notice.Map);
        model.Entity<MailOut>(MailOut.Map);
        model.Entity<SmsOut>(SmsOut.Map);
        model.AddLedgers();
    }
}
