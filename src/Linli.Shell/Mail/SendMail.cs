using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Shell.Background;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Mail;

/// <summary>Sends a letter that was put into the post. Its address and text are forgotten as soon as it has left.</summary>
internal sealed class SendMail(LinliDb db, IMailer mailer, IOptions<MailOptions> options, IDataProtectionProvider protection, TimeProvider clock)
    : IEventHandler<MailQueued>
{
    public static bool ActsOutside => true;

    public async Task HandleAsync(MailQueued happened, Delivery delivery, CancellationToken cancellation)
    {
        var mail = await db.Set<MailOut>().SingleOrDefaultAsync(m => m.Id == happened.MailId && m.SentAt == null && m.GivenUpAt == null, cancellation);
        if (mail is null)
        {
            return;
        }

        if (await TrySendAsync(mail, cancellation))
        {
            mail.SentAt = clock.GetUtcNow();
        }
        else
        {
            mail.GivenUpAt = clock.GetUtcNow();
        }

        mail.To = "";
        mail.Body = "";
    }

    private async Task<bool> TrySendAsync(MailOut mail, CancellationToken cancellation)
    {
        if (!options.Value.IsOn)
        {
            return false;
        }

        var protector = protection.CreateProtector(QueueMail.Purpose);
        try
        {
            await mailer.SendAsync(new OutgoingMail(mail.Id, protector.Unprotect(mail.To), mail.Subject, protector.Unprotect(mail.Body)), cancellation);
            return true;
        }
        catch (MailRefusedException)
        {
            return false;
        }
    }
}
