using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts;

/// <summary>How somebody who has an account is reached, in the open: held in memory while it is needed.</summary>
public sealed record AccountContact(string? Email, string? Phone)
{
    /// <summary>Nothing of it in logs.</summary>
    public override string ToString() => nameof(AccountContact);
}

/// <summary>Seals and opens e-mail address and telephone of accounts and invitations: the only way in and out.</summary>
public sealed class AccountVault(FieldCipher cipher)
{
    public void Seal(Account account, string? email, string? phone)
    {
        // What did not change keeps its seal, so that a save without changes writes nothing.
        var known = Open(account);
        account.Mailbox = known.Email == email ? account.Mailbox : cipher.Seal(Cell.Of<Account>(nameof(Account.Mailbox), account.Id), email);
        account.Mobile = known.Phone == phone ? account.Mobile : cipher.Seal(Cell.Of<Account>(nameof(Account.Mobile), account.Id), phone);
    }

    public AccountContact Open(Account account) => new(EmailOf(account.Id, account.Mailbox), cipher.Open(Cell.Of<Account>(nameof(Account.Mobile), account.Id), account.Mobile));

    public string? EmailOf(Guid account, SealedText? mailbox) => cipher.Open(Cell.Of<Account>(nameof(Account.Mailbox), account), mailbox);

    public SealedText? SealInvited(Guid invitation, string? email) => cipher.Seal(Cell.Of<People.Invitations.Invitation>(nameof(People.Invitations.Invitation.Mailbox), invitation), email);

    public string? OpenInvited(People.Invitations.Invitation invitation) => cipher.Open(Cell.Of<People.Invitations.Invitation>(nameof(People.Invitations.Invitation.Mailbox), invitation.Id), invitation.Mailbox);
}
