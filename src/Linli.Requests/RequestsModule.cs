using Linli.Shell.Background;
using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Requests.Access;
using Linli.Requests.Audit;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Clocks.Explain;
using Linli.Requests.Dispatch;
using Linli.Requests.Feeds;
using Linli.Requests.Field;
using Linli.Requests.Handovers;
using Linli.Requests.Floods;
using Linli.Requests.Notices;
using Linli.Requests.Import;
using Linli.Requests.Open311;
using Linli.Requests.Import.Assistant;
using Linli.Requests.Inbound;
using Linli.Requests.Inbound.Chat;
using Linli.Requests.OpenData;
using Linli.Requests.Ledgers;
using Linli.Requests.Owners;
using Linli.Requests.Photos;
using Linli.Requests.Privacy;
using Linli.Requests.Public;
using Linli.Requests.Queue;
using Linli.Requests.Read;
using Linli.Requests.Report;
using Linli.Requests.Steps;
using Linli.Requests.Suggestions;
using Linli.Requests.Topics;
using Linli.Requests.Track;
using Linli.Requests.Twins;
using Linli.Requests.Webhooks;
using Linli.Requests.Work;
using Linli.Shell;
using Linli.Shell.Audit;
using Linli.Shell.Clients;
using Linli.Shell.Limits;
using Linli.Shell.Evidence;
using Linli.Shell.People;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests;

/// <summary>诉求: the closed loop from a report to its close.</summary>
public sealed class RequestsModule : ILinliModule, IModelPart
{
    public string Name => "requests";
    public IModelPart Model => this;
    public IReadOnlyList<Permission> Permissions => [FieldPages.Permission, FloodPages.Permission, InboundPages.Permission, ImportPages.Permission, HandoverEndpoints.ManagePartners];
    public IReadOnlyList<MenuEntry> Menu { get; } =
    [
        new("首页", "/", "home", null, 10),
        new("我要反映", "/report", "message-plus", null, 20),
        new("大家的诉求", "/requests", "map", null, 30),
        new("查进展", "/track", "search", null, 40),
        new("工作台", "/work", "layout-dashboard", Permission.AnyStaff, 10),
        new("现场", FieldPages.Address, "map-pin", FieldPages.Permission, 15),
        new("代报诉求", "/work/file", "phone", Permission.AnyStaff, 20),
        new("热点", TopicPages.Address, "flame", Permission.AnyStaff, 22),
        new("派给谁", OwnerPages.Address, "users", Permission.AnyStaff, 60, "责任分工试算：一件事会派给哪个单位，为什么不是别的。"),
        new("导入文件", ImportPages.Address, "file-import", ImportPages.Permission, 825, "Excel 或 CSV 里的诉求、单位、人员：核对列，看哪里不对，再导入；一天内可以撤销。"),
        new("群消息接入", InboundPages.Address, "messages", InboundPages.Permission, 830, "企业微信、钉钉、飞书群里的消息变成诉求：给每个群一个接入地址，先试一条。"),
        new("推荐得准不准", SuggestionPages.Address, "bulb", Permission.AnyStaff, 65, "事项和单位的推荐有多少被采用，哪些常被改。"),
        new("外部系统", HandoverEndpoints.Address, "link", HandoverEndpoints.ManagePartners, 825, "派给谁的诉求自动转到那个单位自己的系统（Open311），进展自动记回来。"),
    ];

    public void AddServices(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddCatalogue();
        services.AddSuggestions();
        services.AddScoped<AdoptRequest>().AddScoped<CallerSource>().AddSingleton<CodeSeal>().AddScoped<FindConcerned>().AddScoped<SharedConcern>().AddScoped<HearComplaints>().AddScoped<IPostScopes, ServiceGroupScopes>().AddScoped<SecretCodes>().AddSingleton<TrackingCookie>().AddSingleton<IKnownDevices>(s => s.GetRequiredService<TrackingCookie>()).AddScoped<ReceiptCookie>();
        services.AddScoped<PhotoShelf>().AddScoped<IEvidenceAccess, PhotoAccess>().AddScoped<ImportRequests>().AddImportAssistant();
        services.AddSingleton<SixDigits>(RequestNumber.AnySix).AddScoped<ReportRequest>().AddScoped<ComposeRequest>().AddScoped<SentBefore>().AddScoped<PlaceFinder>();
        services.AddScoped<ReadRequest>().AddScoped<AreaNames>().AddScoped<PlaceHints>();
        services.AddScoped<QueueQuery>().AddScoped<ExplainClock>().AddScoped<FieldQuery>();
        services.AddRequestPrivacy();
        services.AddRequestLedgers();
        services.AddClocks();
        services.AddSteps();
        services.AddNotices();
        services.AddTwins();
        services.AddInbound();
        services.AddScoped<HotTopics>();
        services.AddScoped<KeepOrigins>().AddScoped<FindSuspects>().AddScoped<DeclineBatch>().AddPeriodicWork<KeepOrigins>(TimeSpan.FromHours(1), (origins, cancellation) => origins.PruneAsync(cancellation));
        services.AddEventHandler<ResidentDeleted, UnlinkResident>();
        services.AddOpen311();
        services.AddHandovers();
        services.AddRequestWebhooks();
        services.AddFeeds();
        services.AddOpenData();
        services.AddScoped<IServiceTypeNames, CatalogueReader>();
        services.AddVerbWords(RequestVerbs.All).AddScoped<IHiddenSubjects, HiddenRequests>();
    }

    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        PublicPages.Map(endpoints);
        ReportPages.Map(endpoints);
        ReportApi.Map(endpoints);
        TrackPages.Map(endpoints);
        QueueEndpoints.Map(endpoints);
        RequestPages.Map(endpoints);
        FieldPages.Map(endpoints);
        ProposalApi.Map(endpoints);
        OwnerPages.Map(endpoints);
        SuggestionPages.Map(endpoints);
        ExplainClockEndpoints.Map(endpoints);
        TwinEndpoints.Map(endpoints);
        TopicPages.Map(endpoints);
        FloodPages.Map(endpoints);
        InboundPages.Map(endpoints);
        ImportPages.Map(endpoints);
        UnmaskingEndpoints.Map(endpoints);
        OwnDataEndpoints.Map(endpoints);
        OwnEverythingEndpoints.Map(endpoints);
        Open311Endpoints.Map(endpoints);
        PublicFeeds.Map(endpoints);
        OpenDataEndpoints.Map(endpoints);
        HandoverEndpoints.Map(endpoints);
        endpoints.MapCatalogue();
        foreach (var step in StepRegistry.All)
        {
            step.Map(endpoints);
        }
    }

    public void Configure(ModelBuilder model)
    {
        model.AddCatalogue();
        model.AddRequests();
        model.AddSuggestions();
        InboundRecord.Configure(model);
        InboundAddress.Configure(model);
        ImportBatch.Configure(model);
        Partner.Configure(model);
        Handover.Configure(model);
    }
}
