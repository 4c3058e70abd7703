using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts.SecondFactor;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts.Passkeys;

/// <summary>A passkey as its owner sees it.</summary>
public sealed record ShownPasskey(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt);

/// <summary>One's own passkeys: added, listed, removed. The checks are ASP.NET Core Identity's.</summary>
public sealed class KeepPasskeys(
    LinliDb db, IPasskeyHandler<Account> handler, PasskeyState state, Factors factors, RecoveryCodes recovery, Authenticator authenticator, IHttpContextAccessor http, TimeProvider clock)
{
    private static Failure NotTaken { get; } = new Failure.Conflict("passkey_refused", "这个通行密钥没有被接受。请再试一次；如果还是不行，换一个浏览器或设备。");

    public async Task<IReadOnlyList<ShownPasskey>> ListAsync(Guid account, CancellationToken cancellation) =>
        await db.Set<Passkey>().AsNoTracking().Where(p => p.AccountId == account).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id)
            .Select(p => new ShownPasskey(p.Id, p.Name, p.CreatedAt, p.UsedAt)).ToListAsync(cancellation);

    /// <returns>What the browser hands to <c>navigator.credentials.create</c>, as JSON.</returns>
    public async Task<Outcome<string>> BeginAsync(Actor actor, CancellationToken cancellation)
    {
        if (await db.Set<Passkey>().CountAsync(p => p.AccountId == actor.Id, cancellation) >= Passkey.Most)
        {
            return new Failure.Conflict("too_many_passkeys", "最多 {0} 个通行密钥。请先移除不用的。", Passkey.Most);
        }

        var account = await db.Set<Account>().SingleAsync(a => a.Id == actor.Id, cancellation);
        var asked = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.UserName!, DisplayName = account.Name }, http.HttpContext!);
        state.Put($"add/{account.Id}", asked.AttestationState ?? "");
        return asked.CreationOptionsJson;
    }

    /// <returns>Recovery codes when it is the first second factor.</returns>
    public async Task<Outcome<FactorAdded>> AddAsync(Actor actor, string? name, JsonElement credential, CancellationToken cancellation)
    {
        if (name?.Trim() is not { Length: > 0 and <= Passkey.MaxNameLength } called)
        {
            return new Failure.Invalid("name", "请给通行密钥起个名字，最多 {0} 个字，例如“我的手机”。", Passkey.MaxNameLength);
        }

        if (PlainLine.ProblemWith("name", called) is { } unseen)
        {
            return new Failure.Invalid([unseen]);
        }

        if (state.Take($"add/{actor.Id}") is not { } asked)
        {
            return NotTaken;
        }

        var made = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http.HttpContext!, CredentialJson = credential.GetRawText(), AttestationState = asked });
        if (!made.Succeeded || !made.Passkey.IsUserVerified)
        {
            return NotTaken;
        }

        var account = await db.Set<Account>().SingleAsync(a => a.Id == actor.Id, cancellation);
        var isFirst = !await factors.HasAsync(account, cancellation);
        db.Add(new Passkey
        {
            AccountId = account.Id, Name = called, CredentialId = made.Passkey.CredentialId, PublicKey = made.Passkey.PublicKey, SignCount = made.Passkey.SignCount,
            Transports = string.Join(',', made.Passkey.Transports ?? []), IsUserVerified = made.Passkey.IsUserVerified, IsBackupEligible = made.Passkey.IsBackupEligible,
            IsBackedUp = made.Passkey.IsBackedUp, CreatedAt = clock.GetUtcNow(),
        });
        account.FactorMissingSince = null;
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        var codes = isFirst ? await recovery.RenewAsync(account.Id, cancellation) : [];
        await factors.TellAsync(account.Id, "您的账号添加了一个通行密钥。如果不是您本人，请马上联系管理员。", cancellation);
        try
        {
            await db.CommitAsync(actor.Act("shell.add-passkey", clock.GetUtcNow(), account.Id.ToString()), cancellation);
        }
        catch (DbUpdateException)
        {
            return NotTaken;   // the same key twice
        }

        return new FactorAdded(codes);
    }

    public async Task<Outcome<ShownPasskey>> RemoveAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        if (await db.Set<Passkey>().SingleOrDefaultAsync(p => p.Id == id && p.AccountId == actor.Id, cancellation) is not { } passkey)
        {
            return new Failure.NotFound("没有这个通行密钥，可能已经移除。");
        }

        var has = await factors.OfAsync(actor.Id, cancellation);
        if (has is { IsRequired: true, HasAuthenticator: false, Passkeys: 1 })
        {
            return Authenticator.StillRequired;
        }

        db.Remove(passkey);
        await authenticator.ForgetCodesAsync(actor.Id, has.Passkeys - 1 + (has.HasAuthenticator ? 1 : 0), cancellation);
        await factors.TellAsync(actor.Id, "您的账号移除了一个通行密钥。如果不是您本人，请马上联系管理员。", cancellation);
        await db.CommitAsync(actor.Act("shell.remove-passkey", clock.GetUtcNow(), actor.Id.ToString()), cancellation);
        return new ShownPasskey(passkey.Id, passkey.Name, passkey.CreatedAt, passkey.UsedAt);
    }
}
