using Linli.Kernel;
using Linli.Shell.Inbox;
using Linli.Shell.Mail;
using Linli.Shell.Sms;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts;

/// <summary>
/// Tells whoever has an account what was changed about it (ASVS 2.2.3, 2.5.5): in the inbox, by letter, by message. When the ways to reach them were
/// changed, the old ones are told too: whoever took an account over changes them first. Only adds to the session; the caller commits.
/// </summary>
public sealed class TellOwner(LinliDb db, AccountVault vault, QueueMail mail, QueueSms sms, TimeProvider clock)
{
    private const string Own = "/me";

    /// <param name="account">Whose, with the changes in it.</param>
    /// <param name="text">What happened, and what to do when it was not oneself.</param>
    /// <param name="former">How the owner was reached before, when that was changed.</param>
    /// <param name="link">Where the owner sees to it.</param>
    public void Tell(Account account, NoticeText text, AccountContact? former = null, string link = Own)
    {
        db.Add(new Notice { AccountId = account.Id, Text = text.Key, Values = text.Write(), Link = link, Subject = $"{account.Id}", At = clock.GetUtcNow() });
        var now = vault.Open(account);
        foreach (var email in new[] { now.Email, former?.Email }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            mail.Queue(new Letter(email, account.Language, text, link, $"{account.Id}"));
        }

        foreach (var phone in new[] { now.Phone, former?.Phone }.OfType<string>().Distinct())
        {
            sms.Queue(new TextMessage(phone, account.Language, text, $"{account.Id}"));
        }
    }

    public async Task TellAsync(Guid account, NoticeText text, string link, CancellationToken cancellation) =>
        Tell(await db.Set<Account>().SingleAsync(a => a.Id == account, cancellation), text, link: link);

    /// <summary>Which of the ways to reach somebody differ; empty when none does.</summary>
    internal static IReadOnlyList<Word> Changed(AccountContact before, AccountContact after) =>
        [.. before.Email == after.Email ? Array.Empty<Word>() : [new Word("邮箱地址")], .. before.Phone == after.Phone ? Array.Empty<Word>() : [new Word("收短信的手机号")]];
}
