using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Background;
using Linli.Shell.Mail;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Inbox;

/// <summary>What people should know.</summary>
/// <param name="To">Everybody who should know it; each gets it once.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Link">Where it leads inside Linli.</param>
/// <param name="Subject">Key of what it is about, as acts name it.</param>
/// <param name="Number">A public number that may stand in the subject line of a letter.</param>
/// <param name="Except">Who knows already, because they did it.</param>
public sealed record Notification(
    IReadOnlyList<Recipients> To, NoticeText Text, string? Link = null, string? Subject = null, string? Number = null, Guid? Except = null);

/// <summary>
/// Puts notices into the inboxes of those concerned, and letters into the post for those who left an address.
/// Only adds to the session: the caller commits, event handlers leave even that to the delivery.
/// </summary>
public sealed class Notify(LinliDb db, FindRecipients find, AccountVault vault, QueueMail mail, TimeProvider clock)
{
    /// <param name="notification">What is to be told, and to whom.</param>
    /// <param name="delivery">The delivery that it belongs to, so that a repeated delivery tells nobody twice; null outside event handlers.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>How many people are told.</returns>
    public async Task<int> HandleAsync(Notification notification, Delivery? delivery, CancellationToken cancellation)
    {
        var accounts = (await find.HandleAsync(notification.To, cancellation)).Where(a => a != notification.Except).ToList();
        if (delivery is not null)
        {
            var told = await db.Set<Notice>().Where(n => n.MessageId == delivery.MessageId && n.Handler == delivery.Handler).Select(n => n.AccountId).ToListAsync(cancellation);
            told.AddRange(db.Set<Notice>().Local.Where(n => n.MessageId == delivery.MessageId && n.Handler == delivery.Handler).Select(n => n.AccountId));
            accounts = [.. accounts.Except(told)];
        }

        foreach (var account in accounts)
        {
            db.Add(new Notice
            {
                AccountId = account, Text = notification.Text.Key, Values = notification.Text.Write(), Link = notification.Link,
                Subject = notification.Subject, At = delivery?.At ?? clock.GetUtcNow(), MessageId = delivery?.MessageId, Handler = delivery?.Handler,
            });
        }

        await WriteLettersAsync(notification, accounts, cancellation);
        return accounts.Count;
    }

    private async Task WriteLettersAsync(Notification notification, List<Guid> accounts, CancellationToken cancellation)
    {
        if (!mail.IsOn || accounts.Count == 0)
        {
            return;
        }

        var readers = await db.Set<Account>().Where(a => accounts.Contains(a.Id) && a.Mailbox != null)
            .Select(a => new { a.Id, a.Mailbox, a.Language }).ToListAsync(cancellation);
        foreach (var reader in readers)
        {
            mail.Queue(new Letter(vault.EmailOf(reader.Id, reader.Mailbox)!, reader.Language, notification.Text, notification.Link, notification.Subject, notification.Number));
        }
    }
}
