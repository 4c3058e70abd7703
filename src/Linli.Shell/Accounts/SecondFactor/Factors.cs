using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts.Passkeys;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.SecondFactor;

/// <summary>What an account has besides its password.</summary>
/// <param name="IsRequired">One of the posts held now asks for one.</param>
/// <param name="MissingSince">Since when it is required and not there.</param>
public sealed record FactorState(bool HasAuthenticator, int Passkeys, int RecoveryCodes, bool IsRequired, DateTimeOffset? MissingSince)
{
    public bool HasOne => HasAuthenticator || Passkeys > 0;
}

/// <summary>Second factors of accounts: who has one, who needs one, and taking all of them away.</summary>
public sealed class Factors(LinliDb db, TellOwner owner, IOptions<AccountsOptions> options, TimeProvider clock)
{
    public async Task<bool> HasAsync(Account account, CancellationToken cancellation) =>
        account.TotpSecret is not null || await db.Set<Passkey>().AnyAsync(p => p.AccountId == account.Id, cancellation);

    public async Task<FactorState> OfAsync(Guid id, CancellationToken cancellation)
    {
        var found = await db.Set<Account>().AsNoTracking().Where(a => a.Id == id).Select(a => new
        {
            HasAuthenticator = a.TotpSecret != null, a.FactorMissingSince,
            Passkeys = db.Set<Passkey>().Count(p => p.AccountId == id), Codes = db.Set<RecoveryCode>().Count(c => c.AccountId == id && c.UsedAt == null),
        }).SingleAsync(cancellation);
        return new FactorState(found.HasAuthenticator, found.Passkeys, found.Codes, await IsRequiredAsync(id, cancellation), found.FactorMissingSince);
    }

    public Task<bool> IsRequiredAsync(Guid account, CancellationToken cancellation)
    {
        var (now, roles) = (clock.GetUtcNow(), options.Value.RolesWithSecondFactor.ToList());
        return roles.Count == 0 ? Task.FromResult(false)
            : db.Set<Appointment>().AnyAsync(p => p.AccountId == account && roles.Contains(p.Role) && p.From <= now && (p.Until == null || p.Until > now), cancellation);
    }

    /// <summary>At a sign-in: the time of grace begins when one is missing for the first time, and is over when it is there.</summary>
    internal async Task NoteAsync(Account account, CancellationToken cancellation) =>
        account.FactorMissingSince = await IsRequiredAsync(account.Id, cancellation) && !await HasAsync(account, cancellation) ? account.FactorMissingSince ?? clock.GetUtcNow() : null;

    /// <summary>Only adds to the session: the caller commits.</summary>
    internal async Task RemoveAllAsync(Account account, CancellationToken cancellation)
    {
        (account.TotpSecret, account.TotpPending) = (null, null);
        db.RemoveRange(await db.Set<Passkey>().Where(p => p.AccountId == account.Id).ToListAsync(cancellation));
        db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == account.Id).ToListAsync(cancellation));
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        await TellAsync(account.Id, "您的第二重验证已被取消，现在只凭密码登录。请马上在“我的账号”里重新设置。", cancellation);
    }

    internal Task TellAsync(Guid account, string text, CancellationToken cancellation) => owner.TellAsync(account, new NoticeText(text), "/me/second-factor", cancellation);
}
