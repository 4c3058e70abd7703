using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Inbox;
using Linli.Shell.Accounts.Tries;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Residents;

/// <summary>Checks the code that was sent: signs in, and makes the account at the first time; or changes where a resident is reached.</summary>
public sealed class ResidentSignIn(
    LinliDb db, FieldCipher cipher, OwnResident own, IDataProtectionProvider protection, VisitorDevice device, OpenSession open, IOptions<AccountsOptions> options, TimeProvider clock)
{
    private static Failure Wrong { get; } = new Failure.Invalid("code", "验证码不对，或者已经过期、试得太多。请看清楚再输入，或者重新发一个。");

    private static Failure Taken { get; } = new Failure.Conflict("contact_taken", "这个号码或邮箱已经有自己的账号。请退出，用它登录。");

    public async Task<Outcome<Guid>> HandleAsync(Guid? sent, string? typed, CancellationToken cancellation)
    {
        var checkedCode = await CheckAsync(sent, null, typed, cancellation);
        if (!checkedCode.Succeeded)
        {
            return checkedCode.Failure;
        }

        var (code, recipient, now) = (checkedCode.Value, Recipient(checkedCode.Value), clock.GetUtcNow());
        var resident = await OwnerAsync(code, cancellation);
        if (resident is null)
        {
            db.Add(resident = new Resident { SecurityStamp = Guid.NewGuid().ToString("N"), CreatedAt = now });
            Put(resident, code, recipient);
        }

        var session = Begin(resident);
        await open.EndFormerAsync(now, cancellation);
        Forget(code);
        try
        {
            await db.CommitAsync(new Act(ActorKind.Resident, resident.Id, "shell.resident-sign-in", now), cancellation);
        }
        catch (DbUpdateException)
        {
            return Wrong;   // the same code at the same moment
        }

        await open.IssueAsync(session, isKept: true);
        return resident.Id;
    }

    /// <summary>From now on the resident is reached, and signs in, there; every other sign-in ends, this one is renewed.</summary>
    public async Task<Outcome<Guid>> ChangeAsync(Guid resident, Guid? sent, string? typed, CancellationToken cancellation)
    {
        var checkedCode = await CheckAsync(sent, resident, typed, cancellation);
        if (!checkedCode.Succeeded)
        {
            return checkedCode.Failure;
        }

        var code = checkedCode.Value;
        if (await OwnerAsync(code, cancellation) is { } owner && owner.Id != resident)
        {
            return Taken;
        }

        var row = await db.Set<Resident>().SingleAsync(r => r.Id == resident, cancellation);
        var before = own.Open(row);
        Put(row, code, Recipient(code));
        own.Tell(before, new NoticeText("您在邻里的账号换了手机号码或邮箱，以后用新的登录。如果不是您本人，请马上告诉我们。"));
        Forget(code);
        row.SecurityStamp = Guid.NewGuid().ToString("N");
        var session = Begin(row);
        await db.CommitAsync(new Act(ActorKind.Resident, resident, "shell.change-contact", clock.GetUtcNow()), cancellation);
        await open.IssueAsync(session, isKept: true);
        return resident;
    }

    private AccountSession Begin(Resident resident)
    {
        var now = clock.GetUtcNow();
        var session = new AccountSession
        {
            AccountId = resident.Id, Kind = ActorKind.Resident, Stamp = resident.SecurityStamp, Means = Means.SentCode, DeviceId = device.Keep(device.Read() ?? Guid.NewGuid()), Device = device.Name,
            StartedAt = now, UsedAt = now, ConfirmedAt = now, EndsAt = now + options.Value.ResidentLongest,
        };
        db.Add(session);
        return session;
    }

    /// <summary>Counts the try before anything is said about it.</summary>
    private async Task<Outcome<SentCode>> CheckAsync(Guid? sent, Guid? resident, string? typed, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var code = await db.Set<SentCode>().SingleOrDefaultAsync(c => c.Id == sent && c.ResidentId == resident, cancellation);
        if (code is null || code.UsedAt is not null || code.Tries >= SentCode.MostTries || code.SentAt + SentCode.Life <= now)
        {
            return Wrong;
        }

        code.Tries++;
        try
        {
            await db.CommitAsync(new Act(ActorKind.Resident, Guid.Empty, "shell.try-code", now, code.Id.ToString()), cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Wrong;
        }

        var digits = string.Concat((typed ?? "").Compatible().Where(char.IsAsciiDigit));
        var right = protection.CreateProtector(SendCode.Purpose).Unprotect(code.Code);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(digits), Encoding.ASCII.GetBytes(right)) ? code : Wrong;
    }

    private Task<Resident?> OwnerAsync(SentCode code, CancellationToken cancellation) =>
        db.Set<Resident>().SingleOrDefaultAsync(r => code.IsPhone ? r.PhoneIndex == code.RecipientIndex : r.EmailIndex == code.RecipientIndex, cancellation);

    private string Recipient(SentCode code) => cipher.Open(Cell.Of<SentCode>(nameof(SentCode.Recipient), code.Id), code.Recipient)!;

    private void Put(Resident resident, SentCode code, string recipient)
    {
        if (code.IsPhone)
        {
            (resident.Phone, resident.PhoneIndex) = (cipher.Seal(Cell.Of<Resident>(nameof(Resident.Phone), resident.Id), recipient), code.RecipientIndex);
        }
        else
        {
            (resident.Email, resident.EmailIndex) = (cipher.Seal(Cell.Of<Resident>(nameof(Resident.Email), resident.Id), recipient), code.RecipientIndex);
        }
    }

    private void Forget(SentCode code) => (code.UsedAt, code.Recipient, code.Code) = (clock.GetUtcNow(), null, "");
}
