using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>Changes what is said about a person, or disables and enables the account.</summary>
public sealed class ChangePerson(LinliDb db, LastAdministrator last, AdministratorReach reach, AccountVault vault, TellOwner owner, TimeProvider clock)
{
    public static Failure Unknown { get; } = new Failure.NotFound("没有这个人员，可能地址不完整。");

    public async Task<Outcome<Account>> HandleAsync(Actor actor, Guid id, PersonInput input, CancellationToken cancellation)
    {
        var person = input.Tidy();
        if (person.Problems().ToList() is { Count: > 0 } problems)
        {
            return new Failure.Invalid(problems);
        }

        var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id, cancellation);
        if (account is null)
        {
            return Unknown;
        }

        if (await reach.RefusesAsync(actor, id, cancellation) is { } beyond)
        {
            return beyond;
        }

        account.Rename(person.Name!);
        (account.NameEn, account.Language) = (person.NameEn, person.Language);
        var before = vault.Open(account);
        vault.Seal(account, person.Email, person.Phone);
        if (TellOwner.Changed(before, vault.Open(account)) is { Count: > 0 } changed)
        {
            owner.Tell(account, actor.Id == id
                ? new NoticeText("您账号的{0}已修改。如果不是您本人，请马上联系管理员。", changed)
                : new NoticeText("管理员修改了您账号的{0}。如果不是您要求的，请马上联系另一位管理员。", changed), before);
        }

        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        await db.CommitAsync(actor.Act("shell.change-person", clock.GetUtcNow(), id.ToString()), cancellation);
        return account;
    }

    /// <summary>A disabled account is signed out everywhere at its next call; its history stays.</summary>
    public async Task<Outcome<Account>> SwitchAsync(Actor actor, Guid id, bool isActive, CancellationToken cancellation)
    {
        var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id, cancellation);
        if (account is null)
        {
            return Unknown;
        }

        if (await reach.RefusesAsync(actor, id, cancellation) is { } beyond)
        {
            return beyond;
        }

        if (!isActive && await last.RefusesLossOfAsync(id, exceptAppointment: null, cancellation) is { } refusal)
        {
            return refusal;
        }

        if (account.IsActive != isActive)
        {
            account.IsActive = isActive;
            account.SecurityStamp = Guid.NewGuid().ToString("N");
            account.ConcurrencyStamp = Guid.NewGuid().ToString();
            await db.CommitAsync(actor.Act(isActive ? "shell.enable-person" : "shell.disable-person", clock.GetUtcNow(), id.ToString()), cancellation);
        }

        return account;
    }
}
