using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Accounts.Tries;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts.Passkeys;

/// <summary>Signs in, or confirms, with a passkey. It is both factors at once: the device, and the finger, face or lock code that opens it.</summary>
public sealed class UsePasskey(
    LinliDb db, IPasskeyHandler<Account> handler, PasskeyState state, HalfSignIn half, OpenSession open, ConfirmSelf confirm, IHttpContextAccessor http, TimeProvider clock)
{
    private const string SigningIn = "sign-in";
    private readonly CountTries _count = new(db, clock);

    private static Failure Refused { get; } = new Failure.Conflict("passkey_refused", "通行密钥没有通过。请再试一次，或者用密码登录。");

    /// <returns>What the browser hands to <c>navigator.credentials.get</c>, as JSON. Names no account, so it says nothing about which exist.</returns>
    public async Task<string> BeginAsync(Guid? account, CancellationToken cancellation)
    {
        var known = account is null ? null : await db.Set<Account>().SingleAsync(a => a.Id == account, cancellation);
        var asked = await handler.MakeRequestOptionsAsync(known, http.HttpContext!);
        state.Put(account?.ToString() ?? SigningIn, asked.AssertionState ?? "");
        return asked.RequestOptionsJson;
    }

    public async Task<Outcome<Account>> SignInAsync(JsonElement credential, CancellationToken cancellation)
    {
        var account = await CheckAsync(SigningIn, credential, "shell.sign-in", cancellation);
        if (account is null || await open.HandleAsync(account.Id, Means.Passkey, cancellation) is null)
        {
            return Refused;
        }

        half.Forget();
        return account;
    }

    public async Task<Outcome<AccountSession>> ConfirmAsync(Actor actor, Guid session, JsonElement credential, CancellationToken cancellation)
    {
        var account = await CheckAsync(actor.Id.ToString(), credential, "shell.use-passkey", cancellation);
        return account?.Id == actor.Id ? await confirm.MarkAsync(actor, session, cancellation) : Refused;
    }

    private async Task<Account?> CheckAsync(string purpose, JsonElement credential, string verb, CancellationToken cancellation)
    {
        if (state.Take(purpose) is not { } asked)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http.HttpContext!, CredentialJson = credential.GetRawText(), AssertionState = asked });
        if (!result.Succeeded || !result.User.IsActive || !result.Passkey.IsUserVerified)
        {
            return await RefuseAsync(verb, now, cancellation);
        }

        var row = await db.Set<Passkey>().SingleAsync(p => p.AccountId == result.User.Id && p.CredentialId == result.Passkey.CredentialId, cancellation);
        (row.SignCount, row.IsBackedUp, row.UsedAt) = (result.Passkey.SignCount, result.Passkey.IsBackedUp, now);
        _count.Once("passkey", asked);   // keys on telephones do not count their uses: a captured answer would be as good as a new one
        try
        {
            await db.CommitAsync(new Act(ActorKind.Staff, result.User.Id, verb, now, result.User.Id.ToString(), "passkey"), cancellation);
        }
        catch (DbUpdateException)
        {
            return await RefuseAsync(verb, now, cancellation);
        }

        return result.User;
    }

    private async Task<Account?> RefuseAsync(string verb, DateTimeOffset now, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await db.CommitAsync(new Act(ActorKind.Resident, Guid.Empty, $"{verb}-refused", now), cancellation);
        return null;
    }
}
