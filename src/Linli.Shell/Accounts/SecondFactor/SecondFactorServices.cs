using Linli.Shell.Accounts.Passkeys;
using Linli.Shell.Site;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.SecondFactor;

internal static class SecondFactorServices
{
    /// <summary>Authenticator app, passkeys, recovery codes.</summary>
    public static IServiceCollection AddSecondFactor(this IServiceCollection services)
    {
        services.AddScoped<Factors>().AddScoped<RecoveryCodes>().AddScoped<Authenticator>().AddScoped<HalfSignIn>().AddScoped<SecondStep>().AddScoped<ResetFactor>();
        services.AddScoped<SecondFactorPages.Desk>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddScoped<PasskeyState>().AddScoped<KeepPasskeys>().AddScoped<UsePasskey>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<AccountsOptions>>((passkeys, own) =>
        {
            passkeys.ServerDomain = own.Value.PasskeyDomain.Length > 0 ? own.Value.PasskeyDomain : null;
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
        });
        // In the demo everybody knows every password; asking visitors for an app would only stop them.
        services.AddOptions<AccountsOptions>().PostConfigure<IOptions<SiteOptions>>((own, site) => own.SecondFactorFor = site.Value.Demo ? "" : own.SecondFactorFor);
        return services;
    }
}
