using Linli.Kernel;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Accounts.Passkeys;
using Linli.Shell.Accounts.Passwords;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Accounts.Tries;
using Linli.Shell.Background;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Linli.Shell.Accounts;

public static class AccountServices
{
    /// <summary>Accounts, the sign-in cookie, the actor of every call and a policy per permission of the registered modules.</summary>
    public static IServiceCollection AddLinliAccounts(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentActor>();
        services.AddSingleton<OrganisationTree>();
        services.AddScoped<LoadActor>();
        services.AddSingleton<Decoy>();
        services.AddScoped<SignIn>();
        services.AddScoped<UseCode>();
        services.AddScoped<ChangeOwn>();
        services.AddScoped<AccountVault>();
        services.AddScoped<TellOwner>();
        services.AddScoped<SealOldAccounts>();
        services.AddOptions<AccountsOptions>().BindConfiguration("Accounts").Validate(o => o.IsValid).ValidateOnStart();
        services.AddSingleton<CommonPasswords>();
        services.AddSingleton<PasswordRules>();
        services.AddScoped<Hashes>();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = Hashes.Rounds);
        services.AddScoped<VisitorDevice>();
        services.AddScoped<OpenSession>();
        services.AddScoped<EndSessions>();
        services.AddScoped<ConfirmSelf>();
        services.AddScoped<ReadSessions>();
        services.AddScoped<CountTries>();
        services.AddPeriodicWork<CountTries>(TimeSpan.FromHours(1), (tries, cancellation) => tries.PruneAsync(cancellation));
        services.AddPeriodicWork<ReadSessions>(TimeSpan.FromHours(6), (sessions, cancellation) => sessions.PruneAsync(cancellation));
        services.TryAddSingleton(DemoLogins.None);
        services.AddIdentityCore<Account>(options =>
        {
            // The rules are Passwords' and People's, with messages of their own; these must not add English ones.
            options.Password = new PasswordOptions
            {
                RequiredLength = 1, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false,
            };
            options.User.AllowedUserNameCharacters = "";
        });
        services.AddScoped<IUserStore<Account>>(p => new AccountStore(p.GetRequiredService<LinliDb>(), p.GetService<IdentityErrorDescriber>()));
        services.AddSecondFactor();
        services.AddAuthentication(SessionTicket.Scheme).AddCookie(SessionTicket.Scheme, options =>
        {
            options.Cookie.Name = SessionTicket.Cookie;
            options.CookieManager = new Http.OwnCookies.Jar();
            options.Cookie.Path = "/";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // By age and not by date: residents' clocks may be wrong by days.
            options.Events.OnSigningIn = signing =>
            {
                signing.CookieOptions.MaxAge = signing.Properties.Items.ContainsKey(OpenSession.Kept) ? signing.Properties.ExpiresUtc - signing.Properties.IssuedUtc : null;
                return Task.CompletedTask;
            };
            options.SlidingExpiration = false;   // the session's row decides
        });
        services.AddAuthorization();
        services.ConfigureOptions<PermissionPolicies>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddScoped<IAuthorizationMiddlewareResultHandler, AccessRefused>();
        return services;
    }

    /// <summary>Who calls, whether from our own pages, and whether they may. After routing and languages, before every endpoint.</summary>
    public static IApplicationBuilder UseLinliAccounts(this IApplicationBuilder app) => app
        .UseMiddleware<Http.CrossSiteGuard>()
        .UseAuthentication()
        .UseMiddleware<ActorMiddleware>()
        .UseMiddleware<Clients.ProgramCall>()
        .UseCallLimits()
        .UseMiddleware<Http.Kept.KeptAnswers>()
        .UseAuthorization()
        .UseMiddleware<ConfirmationGuard>();
}
