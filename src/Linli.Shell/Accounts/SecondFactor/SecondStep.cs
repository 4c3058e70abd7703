using Linli.Kernel;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Accounts.Tries;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts.SecondFactor;

/// <summary>After the right password: the code of the authenticator app, each once, or a recovery code.</summary>
public sealed class SecondStep(LinliDb db, HalfSignIn half, Authenticator authenticator, RecoveryCodes recovery, Factors factors, OpenSession open, TimeProvider clock)
{
    private readonly CountTries _count = new(db, clock);

    public static Failure Needed { get; } = new Failure.Conflict("second_factor_needed", "密码对了，还需要第二重验证：请提交动态码或恢复码。");

    public static Failure Over { get; } = new Failure.Conflict("sign_in_over", "等得太久了，请重新输入密码。");

    /// <summary>Signs in at once where a password, or a code of an administrator, is enough.</summary>
    /// <returns>Null when signed in.</returns>
    public async Task<Failure?> AfterAsync(Account account, Means means, CancellationToken cancellation)
    {
        if (await factors.HasAsync(account, cancellation))
        {
            half.Put(account);
            return Needed;
        }

        return await open.HandleAsync(account.Id, means, cancellation) is null ? SignIn.Refused : null;
    }

    public async Task<Outcome<Account>> HandleAsync(string? code, CancellationToken cancellation)
    {
        if (half.Read() is not { } begun)
        {
            return Over;
        }

        var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == begun.Account && a.SecurityStamp == begun.Stamp && a.IsActive, cancellation);
        if (account is null)
        {
            return Over;
        }

        var chance = await _count.LookAsync(cancellation, new Counted(TryRule.Inside, $"second/{account.Id}"));
        if (!chance.IsOpen)
        {
            return CountTries.TooMany(chance.Wait);
        }

        var verb = await UseAsync(account, code ?? "", cancellation);
        if (verb is null)
        {
            chance.Failed();
        }
        else
        {
            chance.Succeeded();
        }

        try
        {
            await db.CommitAsync(new Act(verb is null ? ActorKind.Resident : ActorKind.Staff, verb is null ? Guid.Empty : account.Id, verb ?? "shell.second-factor-refused", clock.GetUtcNow(), account.Id.ToString()), cancellation);
        }
        catch (DbUpdateException)
        {
            return Wrong;   // the same code, or another guess, was faster
        }

        if (verb is null || await open.HandleAsync(account.Id, Means.PasswordAndCode, cancellation) is null)
        {
            return Wrong;
        }

        half.Forget();
        return account;
    }

    private static Failure Wrong { get; } = new Failure.Invalid("code", "动态码或恢复码不对，或者已经用过。动态码每 30 秒换一次，每个只能用一次。");

    private async Task<string?> UseAsync(Account account, string code, CancellationToken cancellation)
    {
        if (account.TotpSecret is { } secret && Totp.StepOf(authenticator.Secret(secret), code, clock.GetUtcNow(), account.TotpStep) is { } step)
        {
            account.TotpStep = step;
            account.ConcurrencyStamp = Guid.NewGuid().ToString();
            return "shell.second-factor";
        }

        if (!await recovery.UseAsync(account.Id, code, cancellation))
        {
            if (account.TotpSecret is { } own && Totp.StepOf(authenticator.Secret(own), code, clock.GetUtcNow(), used: 0) is not null)
            {
                await factors.TellAsync(account.Id, "有人把您刚用过的动态码又用了一次，没有成功。如果不是您本人，请马上修改密码并联系管理员。", cancellation);
            }

            return null;
        }

        await factors.TellAsync(account.Id, "有人用恢复码登录了您的账号。如果不是您本人，请马上联系管理员。", cancellation);
        return "shell.use-recovery-code";
    }
}
