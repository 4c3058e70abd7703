using Linli.Contracts.Shell;
using Linli.Shell.Background;
using Linli.Shell.Sms;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Residents;

public static class ResidentServices
{
    /// <summary>Residents' accounts, by codes to a telephone or an e-mail address.</summary>
    public static IServiceCollection AddLinliResidents(this IServiceCollection services)
    {
        services.AddOptions<SmsOptions>().BindConfiguration("Sms")
            .Validate(o => string.IsNullOrWhiteSpace(o.Url) || (Uri.TryCreate(o.Url, UriKind.Absolute, out var url) && (url.Scheme == "https" || url.IsLoopback) && o.Secret is { Length: >= 16 }), "Sms:Url needs https, and Sms:Secret at least 16 characters.")
            .ValidateOnStart();
        services.AddSingleton<ISmsSender, WebhookSms>().AddSingleton<SmsWay>().AddScoped<QueueSms>();
        services.AddScoped<SendCode>().AddScoped<SentCookie>().AddScoped<ResidentSignIn>().AddScoped<OwnResident>().AddScoped<ResidentEndpoints.Desk>();
        services.AddPeriodicWork<SendCode>(TimeSpan.FromHours(1), (send, cancellation) => send.PruneAsync(cancellation));
        return services.AddEventHandler<SmsQueued, SendSms>().AddEventHandler<TextMessageQueued, SendQueuedSms>();
    }
}
