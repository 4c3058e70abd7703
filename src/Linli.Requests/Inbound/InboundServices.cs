using Linli.Kernel;
using Linli.Requests.Inbound.Chat;
using Linli.Requests.Inbound.Mail;
using Linli.Shell.Background;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Inbound;

/// <summary>Ways in for what people write elsewhere.</summary>
internal static class InboundServices
{
    public static void AddInbound(this IServiceCollection services)
    {
        services.AddOptions<MailInOptions>().BindConfiguration("MailIn")
            .Validate(o => !o.IsOn || o.IsSafe, "MailIn:Security is None, which only a mailbox on this machine may have; use Tls or StartTls.").ValidateOnStart();
        services.AddOptions<ChatInOptions>().BindConfiguration("ChatIn");
        services.AddScoped<TakeMessage>().AddScoped<FetchChatPhotos>().AddScoped<TakeMail>().AddSingleton<Mailbox>().AddSingleton<ReadMailbox>().AddSingleton<WatchMailbox>().AddScoped<ForgetMessages>().AddScoped<TakeChat>().AddScoped<KeepAddresses>();
        services.AddPeriodicWork<ReadMailbox>(ReadMailbox.Every, (mailbox, cancellation) => mailbox.RunAsync(cancellation));
        services.AddHostedService(s => s.GetRequiredService<WatchMailbox>());
        services.AddPeriodicWork<ForgetMessages>(TimeSpan.FromHours(6), (forget, cancellation) => forget.RunAsync(cancellation));
    }
}

/// <summary>A message is known again for three months; nobody sends one twice after that.</summary>
internal sealed class ForgetMessages(LinliDb db, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public Task<int> RunAsync(CancellationToken cancellation)
    {
        var old = time.GetUtcNow() - Kept;
        return db.Set<InboundRecord>().Where(r => r.At < old).ExecuteDeleteAsync(cancellation);
    }
}
