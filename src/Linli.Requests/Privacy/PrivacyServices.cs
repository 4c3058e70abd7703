using Linli.Shell.Background;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Privacy;

internal static class PrivacyServices
{
    public static void AddRequestPrivacy(this IServiceCollection services)
    {
        services.AddOptions<PrivacyOptions>().BindConfiguration("Privacy").ValidateOnStart();
        services.AddScoped<ContactVault>().AddScoped<KeepOriginals>().AddScoped<OpenParts>().AddScoped<SealOldRows>()
            .AddScoped<UnmaskPersonalData>().AddScoped<DecideUnmasking>()
            .AddScoped<LegalHolds>().AddScoped<OwnData>().AddScoped<OwnEverything>().AddScoped<PackOwnData>().AddScoped<AnonymiseRequests>();
        services.AddPeriodicWork<AnonymiseRequests>(TimeSpan.FromDays(1), (anonymise, cancellation) => anonymise.RunAsync(cancellation));
    }
}
