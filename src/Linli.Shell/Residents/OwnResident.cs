using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Inbox;
using Linli.Shell.Mail;
using Linli.Shell.Sms;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Residents;

/// <summary>One's own account, as its owner sees it: numbers and addresses with most of their characters hidden.</summary>
public sealed record OwnAccount(Guid Id, string? Phone, string? Email, DateTimeOffset CreatedAt);

/// <summary>One sign-in, for its owner to take along.</summary>
/// <param name="Device">Browser and system; empty when the device did not say.</param>
/// <param name="EndedAt">Signed out; absent otherwise.</param>
public sealed record OwnSession(DateTimeOffset StartedAt, DateTimeOffset UsedAt, DateTimeOffset? EndedAt, string Device);

/// <summary>A resident's own account: who calls, what is kept, and its deletion.</summary>
public sealed class OwnResident(LinliDb db, FieldCipher cipher, QueueMail mail, QueueSms sms, IOptions<AccountsOptions> options, TimeProvider clock)
{
    private const int MostSessions = 500;

    /// <returns>Whether its last use is to be noted; null when the session is over.</returns>
    internal async Task<bool?> FindAsync(Guid id, Guid session, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var used = now - options.Value.ResidentIdle;
        var row = await db.Set<AccountSession>().AsNoTracking()
            .Where(s => s.Id == session && s.AccountId == id && s.Kind == ActorKind.Resident && s.EndedAt == null && s.EndsAt > now && s.UsedAt > used)
            .Where(s => db.Set<Resident>().Any(r => r.Id == id && r.SecurityStamp == s.Stamp))
            .Select(s => new { s.UsedAt }).SingleOrDefaultAsync(cancellation);
        return row is null ? null : row.UsedAt <= now - TimeSpan.FromMinutes(10);
    }

    /// <param name="id">Whose.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="isOpen">With every character: for the copy that the owner takes along.</param>
    public async Task<OwnAccount> ReadAsync(Guid id, CancellationToken cancellation, bool isOpen = false)
    {
        var resident = await db.Set<Resident>().AsNoTracking().SingleAsync(r => r.Id == id, cancellation);
        var (email, phone) = Open(resident);
        if (isOpen)
        {
            return new OwnAccount(id, phone, email, resident.CreatedAt);
        }

        return new OwnAccount(id, phone is null ? null : $"{phone[..3]}****{phone[^4..]}", email is null ? null : $"{email[0]}***{email[email.IndexOf('@', StringComparison.Ordinal)..]}", resident.CreatedAt);
    }

    /// <summary>Every sign-in that is still kept, newest first.</summary>
    public async Task<IReadOnlyList<OwnSession>> SessionsAsync(Guid id, CancellationToken cancellation) =>
        await db.Set<AccountSession>().AsNoTracking().Where(s => s.AccountId == id && s.Kind == ActorKind.Resident).OrderByDescending(s => s.StartedAt).ThenBy(s => s.Id)
            .Take(MostSessions).Select(s => new OwnSession(s.StartedAt, s.UsedAt, s.EndedAt, s.Device)).ToListAsync(cancellation);

    internal AccountContact Open(Resident resident) => new(
        cipher.Open(Cell.Of<Resident>(nameof(Resident.Email), resident.Id), resident.Email), cipher.Open(Cell.Of<Resident>(nameof(Resident.Phone), resident.Id), resident.Phone));

    /// <summary>Says what was done with the account by every way that led to its owner before. Only adds to the session; the caller commits.</summary>
    internal void Tell(AccountContact before, NoticeText text)
    {
        var language = Texts.IsEnglish ? "en" : "zh";
        if (before.Email is { } email)
        {
            mail.Queue(new Letter(email, language, text));
        }

        if (before.Phone is { } phone)
        {
            sms.Queue(new TextMessage(phone, language, text));
        }
    }

    /// <summary>The account, its sessions and what it was reached by are gone at once; requests stay, and belong to nobody.</summary>
    public async Task DeleteAsync(Guid id, CancellationToken cancellation)
    {
        var resident = await db.Set<Resident>().SingleAsync(r => r.Id == id, cancellation);
        Tell(Open(resident), new NoticeText("您在邻里的账号已注销，手机号码和邮箱已经删除。如果不是您本人，请马上告诉我们。"));
        db.Remove(resident);
        db.RemoveRange(await db.Set<AccountSession>().Where(s => s.AccountId == id).ToListAsync(cancellation));
        db.RemoveRange(await db.Set<SentCode>().Where(c => c.ResidentId == id).ToListAsync(cancellation));
        db.Publish(new ResidentDeleted(id));
        await db.CommitAsync(new Act(ActorKind.Resident, id, "shell.delete-resident", clock.GetUtcNow()), cancellation);
    }
}
