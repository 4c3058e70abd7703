using System.Globalization;
using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Shell.Background;
using Linli.Shell.Residents;
using Linli.Shell.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Sms;

/// <summary>Sends a code that was asked for, while it is still good for anything.</summary>
internal sealed class SendSms(LinliDb db, SmsWay way, FieldCipher cipher, IDataProtectionProvider protection, Texts texts, TimeProvider clock) : IEventHandler<SmsQueued>
{
    public static bool ActsOutside => true;

    public async Task HandleAsync(SmsQueued happened, Delivery delivery, CancellationToken cancellation)
    {
        var code = await db.Set<SentCode>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == happened.SentCodeId, cancellation);
        if (code is not { UsedAt: null, Recipient: { } recipient } || code.SentAt + SentCode.Life <= clock.GetUtcNow())
        {
            return;
        }

        var to = cipher.Open(Cell.Of<SentCode>(nameof(SentCode.Recipient), code.Id), recipient);
        var culture = CultureInfo.GetCultureInfo(happened.IsEnglish ? "en" : "zh-CN");
        var text = texts.In(culture, "【邻里】验证码 {0}，10 分钟内有效。不要告诉任何人。", protection.CreateProtector(SendCode.Purpose).Unprotect(code.Code));
        try
        {
            await way.SendAsync(new OutgoingSms(code.Id, to, text), cancellation);
        }
        catch (SmsRefusedException)
        {
            // For good: the resident sees nothing arrive and asks again, or takes the other way.
        }
    }
}
