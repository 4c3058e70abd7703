using System.Globalization;
using System.Security.Cryptography;
using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Accounts.Tries;
using Linli.Shell.Inbox;
using Linli.Shell.Mail;
using Linli.Shell.Sms;
using Linli.Shell.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Residents;

/// <summary>
/// Sends a code to a telephone number or an e-mail address. The same happens, and the same is said, whether somebody has an account there or not.
/// How often is limited by recipient and by address, so that nobody's telephone is flooded and no bill is run up.
/// </summary>
public sealed class SendCode(
    LinliDb db, BlindIndex index, FieldCipher cipher, IDataProtectionProvider protection, VisitorDevice device, QueueMail mail, SmsWay sms, TimeProvider clock)
{
    internal const string Purpose = "linli.sent-code.v1";
    private readonly CountTries _count = new(db, clock);

    public bool TakesPhones => sms.IsOn;
    public bool TakesEmails => mail.IsOn;
    public bool IsOn => TakesPhones || TakesEmails;

    /// <returns>Key of what was sent, to be kept by the device that asked.</returns>
    public async Task<Outcome<Guid>> HandleAsync(string? to, Guid? resident, CancellationToken cancellation)
    {
        var typed = (to ?? "").Trim();
        var isPhone = !typed.Contains('@', StringComparison.Ordinal);
        if (Problem(typed, isPhone) is { } wrong)
        {
            return new Failure.Invalid([wrong]);
        }

        var recipient = isPhone ? BlindIndex.NormalPhone(typed)! : typed;
        var known = (isPhone ? index.OfPhone(recipient) : index.OfEmail(recipient))!;
        var chance = await _count.LookAsync(cancellation, new Counted(TryRule.Sends, known), new Counted(TryRule.SendsFrom, device.Address));
        if (!chance.IsOpen)
        {
            return CountTries.TooMany(chance.Wait);
        }

        chance.Failed();   // every letter counts
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var sent = new SentCode
        {
            IsPhone = isPhone, RecipientIndex = known, ResidentId = resident, SentAt = clock.GetUtcNow(), Code = protection.CreateProtector(Purpose).Protect(code),
        };
        sent.Recipient = cipher.Seal(Cell.Of<SentCode>(nameof(SentCode.Recipient), sent.Id), recipient);
        db.Add(sent);
        if (isPhone)
        {
            db.Publish(new SmsQueued(sent.Id, Texts.IsEnglish));
        }
        else
        {
            mail.Queue(new Letter(recipient, Texts.IsEnglish ? "en" : "zh", new NoticeText("您的验证码是 {0}，10 分钟内有效。不要告诉任何人；如果不是您本人在登录，不用理会。", code)));
        }

        try
        {
            await db.CommitAsync(new Act(ActorKind.Resident, resident ?? Guid.Empty, "shell.send-code", sent.SentAt, sent.Id.ToString()), cancellation);
        }
        catch (DbUpdateException)
        {
            return CountTries.TooMany(TryRule.Sends.First);   // pressed twice at the same moment
        }

        return sent.Id;
    }

    public Task<int> PruneAsync(CancellationToken cancellation)
    {
        var old = clock.GetUtcNow() - TimeSpan.FromDays(1);
        return db.Set<SentCode>().Where(c => c.SentAt < old).ExecuteDeleteAsync(cancellation);
    }

    private FieldProblem? Problem(string typed, bool isPhone)
    {
        if (isPhone ? !TakesPhones : !TakesEmails)
        {
            return new FieldProblem("to", isPhone ? "请填写邮箱地址；这里现在不能发短信。" : "请填写手机号码；这里现在不能发邮件。");
        }

        var isRight = isPhone ? Mobile.Of(typed) is not null : Address.IsOne(typed);
        return isRight ? null : new FieldProblem("to", (TakesPhones, TakesEmails) switch
        {
            (true, false) => "请填写 11 位手机号码。",
            (false, true) => "请填写邮箱地址。",
            _ => "请填写 11 位手机号码或邮箱地址。",
        });
    }
}
