using Linli.Shell.Background;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Keeping;
using Linli.Shell.Ledgers.Pages;
using Linli.Shell.Ledgers.Running;
using Linli.Shell.Ledgers.Sources;
using Linli.Shell.Ledgers.Timetables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Ledgers;

public static class LedgerServices
{
    /// <summary>Ledgers: what can be made of records, kept, shared and taken along. Modules offer sources with <see cref="AddLedgerSource{TSource}"/>.</summary>
    public static IServiceCollection AddLinliLedgers(this IServiceCollection services)
    {
        services.AddOptions<LedgersOptions>().BindConfiguration("Ledgers").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ReadyLedgers>().AddScoped<PlanLedger>().AddScoped<RunLedger>().AddScoped<ShowLedger>().AddScoped<FindLedgers>().AddScoped<KeepLedgers>();
        services.AddScoped<AskExport>().AddSingleton<MakeExports>().AddScoped<LedgerFiles>().AddScoped<RunTimetables>().AddScoped<LedgerDesk>().AddScoped<LedgerBuilder.Desk>();
        services.AddPeriodicWork<MakeExports>(TimeSpan.FromSeconds(3), (make, cancellation) => make.HandleAsync(cancellation));
        services.AddPeriodicWork<RunTimetables>(TimeSpan.FromSeconds(30), (run, cancellation) => run.HandleAsync(cancellation));
        services.AddPeriodicWork<LedgerFiles>(TimeSpan.FromHours(1), (files, cancellation) => files.SweepAsync(cancellation));
        services.AddLedgerSource<OrganisationSource>().AddLedgerSource<AreaSource>().AddLedgerSource<PeopleSource>().AddLedgerSource<AuditSource>();
        services.AddLedgerSource<InboxSource>().AddLedgerSource<InvitationSource>().AddLedgerSource<ClientSource>().AddLedgerSource<WebhookSource>().AddLedgerSource<DeliverySource>();
        services.AddLedgerSource<SessionSource>().AddLedgerSource<DeputySource>().AddLedgerSource<SpecialDaySource>();
        return services;
    }

    public static IServiceCollection AddLedgerSource<TSource>(this IServiceCollection services) where TSource : class, ILedgerSource => services.AddScoped<ILedgerSource, TSource>();

    internal static void AddLedgers(this ModelBuilder model)
    {
        model.Entity<Ledger>(Ledger.Map);
        model.Entity<LedgerExport>(LedgerExport.Map);
    }
}
