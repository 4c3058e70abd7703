using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Residents;

/// <summary>One's own account, as its owner sees it: numbers and addresses with most of their characters hidden.</summary>
public sealed record OwnAccount(Guid Id, string? Phone, string? Email, DateTimeOffset CreatedAt);

/// <summary>A resident's own account: who calls, what is kept, and its deletion.</summary>
public sealed class OwnResident(LinliDb db, FieldCipher cipher, IOptions<AccountsOptions> options, TimeProvider clock)
{
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

    public async Task<OwnAccount> ReadAsync(Guid id, CancellationToken cancellation)
    {
        var resident = await db.Set<Resident>().AsNoTracking().SingleAsync(r => r.Id == id, cancellation);
        var phone = cipher.Open(Cell.Of<Resident>(nameof(Resident.Phone), id), resident.Phone);
        var email = cipher.Open(Cell.Of<Resident>(nameof(Resident.Email), id), resident.Email);
        return new OwnAccount(id, phone is null ? null : $"{phone[..3]}****{phone[^4..]}", email is null ? null : $"{email[0]}***{email[email.IndexOf('@', StringComparison.Ordinal)..]}", resident.CreatedAt);
    }

    /// <summary>The account, its sessions and what it was reached by are gone at once; requests stay, and belong to nobody.</summary>
    public async Task DeleteAsync(Guid id, CancellationToken cancellation)
    {
        db.Remove(await db.Set<Resident>().SingleAsync(r => r.Id == id, cancellation));
        db.RemoveRange(await db.Set<AccountSession>().Where(s => s.AccountId == id).ToListAsync(cancellation));
        db.RemoveRange(await db.Set<SentCode>().Where(c => c.ResidentId == id).ToListAsync(cancellation));
        db.Publish(new ResidentDeleted(id));
        await db.CommitAsync(new Act(ActorKind.Resident, id, "shell.delete-resident", clock.GetUtcNow()), cancellation);
    }
}
