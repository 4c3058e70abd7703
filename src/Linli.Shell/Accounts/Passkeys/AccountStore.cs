using Linli.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts.Passkeys;

/// <summary>Accounts as Identity reads them. Never writes by itself: every write names its act. Passkeys are rows of our own, which also know their name and last use.</summary>
internal sealed class AccountStore : UserOnlyStore<Account, LinliDb, Guid>
{
    private readonly LinliDb _db;

    public AccountStore(LinliDb db, IdentityErrorDescriber? describer = null) : base(db, describer)
    {
        _db = db;
        AutoSaveChanges = false;
    }

    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [.. (await _db.Set<Passkey>().Where(p => p.AccountId == user.Id).OrderBy(p => p.CreatedAt).ToListAsync(cancellationToken)).Select(p => p.ForCheck())];

    public override async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await _db.Set<Account>().SingleOrDefaultAsync(a => _db.Set<Passkey>().Any(p => p.AccountId == a.Id && p.CredentialId == credentialId), cancellationToken);

    public override async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await _db.Set<Passkey>().SingleOrDefaultAsync(p => p.AccountId == user.Id && p.CredentialId == credentialId, cancellationToken))?.ForCheck();

    public override Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Passkeys are kept by {nameof(KeepPasskeys)}.");

    public override Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Passkeys are kept by {nameof(KeepPasskeys)}.");
}
