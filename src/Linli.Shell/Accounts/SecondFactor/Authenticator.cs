using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts.Tries;
using Linli.Shell.Site;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.SecondFactor;

/// <summary>What the app is to know, shown until it is confirmed.</summary>
/// <param name="Secret">To be typed where no camera is.</param>
/// <param name="Address">otpauth://…, as in the picture.</param>
public sealed record PendingAuthenticator(string Secret, string Address);

/// <param name="RecoveryCodes">Shown this once; empty when there was a second factor before, whose codes stay.</param>
public sealed record FactorAdded(IReadOnlyList<string> RecoveryCodes);

/// <summary>One's own authenticator app: set up, confirmed by a first code, removed; and new recovery codes.</summary>
public sealed class Authenticator(
    LinliDb db, Factors factors, RecoveryCodes recovery, IDataProtectionProvider protection, IOptions<SiteOptions> site, TimeProvider clock)
{
    internal const string Purpose = "linli.totp.v1";
    private readonly CountTries _count = new(db, clock);
    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);

    private static Failure NothingPending { get; } = new Failure.Conflict("no_pending_authenticator", "还没有开始设置，或者已经设置好了。请重新开始。");

    internal static Failure StillRequired { get; } = new Failure.Conflict("second_factor_required", "您的岗位要求第二重验证，不能取消最后一种。请先添加另一种。");

    /// <summary>A new secret; the one in use, if any, works until the new one is confirmed.</summary>
    public async Task<PendingAuthenticator> BeginAsync(Actor actor, CancellationToken cancellation)
    {
        var account = await AccountAsync(actor, cancellation);
        account.TotpPending = _protector.Protect(Convert.ToBase64String(Totp.NewSecret()));
        await CommitAsync(actor, account, "shell.begin-authenticator", cancellation);
        return Show(account)!;
    }

    public async Task<PendingAuthenticator?> PendingAsync(Actor actor, CancellationToken cancellation) =>
        Show(await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == actor.Id, cancellation));

    public async Task<Outcome<FactorAdded>> ConfirmAsync(Actor actor, string? code, CancellationToken cancellation)
    {
        var account = await AccountAsync(actor, cancellation);
        if (account.TotpPending is not { } pending)
        {
            return NothingPending;
        }

        var chance = await _count.LookAsync(cancellation, new Counted(TryRule.Inside, $"begin/{account.Id}"));
        if (!chance.IsOpen)
        {
            return CountTries.TooMany(chance.Wait);
        }

        if (Totp.StepOf(Secret(pending), code ?? "", clock.GetUtcNow(), 0) is not { } step)
        {
            chance.Failed();
            await db.CommitAsync(actor.Act("shell.confirm-authenticator-refused", clock.GetUtcNow(), actor.Id.ToString()), cancellation);
            return new Failure.Invalid("code", "动态码不对。请确认手机的时间是自动的，再输入应用里现在显示的 6 位数字。");
        }

        chance.Succeeded();
        var isFirst = !await factors.HasAsync(account, cancellation);
        (account.TotpSecret, account.TotpPending, account.TotpStep, account.FactorMissingSince) = (pending, null, step, null);
        var codes = isFirst ? await recovery.RenewAsync(account.Id, cancellation) : [];
        await factors.TellAsync(account.Id, "您的账号设置了新的动态码。如果不是您本人，请马上联系管理员。", cancellation);
        await CommitAsync(actor, account, "shell.confirm-authenticator", cancellation);
        return new FactorAdded(codes);
    }

    public async Task<Outcome<FactorAdded>> RemoveAsync(Actor actor, CancellationToken cancellation)
    {
        var account = await AccountAsync(actor, cancellation);
        var state = await factors.OfAsync(account.Id, cancellation);
        if (state is { IsRequired: true, Passkeys: 0 })
        {
            return StillRequired;
        }

        (account.TotpSecret, account.TotpPending) = (null, null);
        await ForgetCodesAsync(account.Id, state.Passkeys, cancellation);
        await factors.TellAsync(account.Id, "您的账号取消了动态码。如果不是您本人，请马上联系管理员。", cancellation);
        await CommitAsync(actor, account, "shell.remove-authenticator", cancellation);
        return new FactorAdded([]);
    }

    public async Task<Outcome<FactorAdded>> RenewCodesAsync(Actor actor, CancellationToken cancellation)
    {
        var account = await AccountAsync(actor, cancellation);
        if (!await factors.HasAsync(account, cancellation))
        {
            return new Failure.Conflict("no_second_factor", "请先设置动态码或通行密钥，恢复码是它们丢失时用的。");
        }

        var codes = await recovery.RenewAsync(account.Id, cancellation);
        await factors.TellAsync(account.Id, "您的恢复码已换新，旧的不能再用。如果不是您本人，请马上联系管理员。", cancellation);
        await CommitAsync(actor, account, "shell.renew-recovery-codes", cancellation);
        return new FactorAdded(codes);
    }

    /// <summary>Codes stand in for a second factor; without one they would be a second password.</summary>
    internal async Task ForgetCodesAsync(Guid account, int otherFactors, CancellationToken cancellation)
    {
        if (otherFactors == 0)
        {
            db.RemoveRange(await db.Set<RecoveryCode>().Where(c => c.AccountId == account).ToListAsync(cancellation));
        }
    }

    internal byte[] Secret(string kept) => Convert.FromBase64String(_protector.Unprotect(kept));

    private PendingAuthenticator? Show(Account account)
    {
        if (account.TotpPending is not { } pending)
        {
            return null;
        }

        var (secret, own) = (Secret(pending), site.Value);
        return new PendingAuthenticator(Totp.Show(secret), Totp.Address($"{own.County}{own.Name}", account.UserName!, secret));
    }

    private Task<Account> AccountAsync(Actor actor, CancellationToken cancellation) => db.Set<Account>().SingleAsync(a => a.Id == actor.Id, cancellation);

    private Task CommitAsync(Actor actor, Account account, string verb, CancellationToken cancellation)
    {
        account.ConcurrencyStamp = Guid.NewGuid().ToString();
        return db.CommitAsync(actor.Act(verb, clock.GetUtcNow(), account.Id.ToString()), cancellation);
    }
}
