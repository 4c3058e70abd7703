using Linli.Contracts.Shell;
using Linli.Shell.Background;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Mail;

public static class MailServices
{
    /// <summary>Letters by SMTP, once <c>Mail:Host</c> and <c>Mail:From</c> are set.</summary>
    public static IServiceCollection AddLinliMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateOnStart();
        services.AddDataProtection();
        services.AddScoped<QueueMail>();
        services.AddSingleton<IMailer, SmtpMailer>();
        return services.AddEventHandler<MailQueued, SendMail>();
    }
}
