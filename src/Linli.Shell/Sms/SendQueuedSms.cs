using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Shell.Background;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Sms;

/// <summary>Sends a text message that was put into the post, and forgets its number and words.</summary>
internal sealed class SendQueuedSms(LinliDb db, SmsWay way, FieldCipher cipher, TimeProvider clock) : IEventHandler<TextMessageQueued>
{
    public static bool ActsOutside => true;

    public async Task HandleAsync(TextMessageQueued happened, Delivery delivery, CancellationToken cancellation)
    {
        if (await db.Set<SmsOut>().SingleOrDefaultAsync(s => s.Id == happened.SmsId && s.DoneAt == null, cancellation) is not { To: { } to, Text: { } text } sms)
        {
            return;
        }

        try
        {
            await way.SendAsync(new OutgoingSms(sms.Id, cipher.Open(Cell.Of<SmsOut>(nameof(SmsOut.To), sms.Id), to), cipher.Open(Cell.Of<SmsOut>(nameof(SmsOut.Text), sms.Id), text)), cancellation);
        }
        catch (SmsRefusedException)
        {
            // For good; the inbox and the letter say the same.
        }

        (sms.DoneAt, sms.To, sms.Text) = (clock.GetUtcNow(), null, null);
    }
}
