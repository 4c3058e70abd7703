using Linli.Kernel;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Inbox;
using Linli.Shell.Live;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.Sessions;

/// <summary>Signs somebody in on the device that calls: a new session with a new ticket, never one that was there before.</summary>
public sealed class OpenSession(
    LinliDb db, IHttpContextAccessor http, VisitorDevice device, CurrentActor current, Factors factors, Notify notify, LiveHub live, IOptions<AccountsOptions> options, TimeProvider clock)
{
    internal const string Kept = "kept";

    /// <summary>Staff have been checked by password, code or passkey; a change of the account in between refuses the session.</summary>
    /// <returns>Null when the account changed meanwhile.</returns>
    public async Task<AccountSession?> HandleAsync(Guid accountId, Means means, CancellationToken cancellation)
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == accountId, cancellation);
        var now = clock.GetUtcNow();
        var session = new AccountSession
        {
            AccountId = account.Id, Kind = ActorKind.Staff, Stamp = account.SecurityStamp!, Means = means, DeviceId = device.Keep(await KeepDeviceAsync(account, now, cancellation)), Device = device.Name,
            StartedAt = now, UsedAt = now, ConfirmedAt = now, EndsAt = now + options.Value.Longest,
        };
        account.LastSignInAt = now;
        await factors.NoteAsync(account, cancellation);
        await EndFormerAsync(now, cancellation);
        db.Add(session);
        try
        {
            await db.CommitAsync(new Act(ActorKind.Staff, account.Id, "shell.open-session", now, account.Id.ToString()), cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }

        Http.Preferences.KeepLanguage(http.HttpContext!, account.Language);
        await IssueAsync(session, isKept: false);
        return session;
    }

    /// <param name="session">Committed already.</param>
    /// <param name="isKept">The browser keeps it when it is closed: residents.</param>
    internal Task IssueAsync(AccountSession session, bool isKept)
    {
        var properties = new AuthenticationProperties { ExpiresUtc = session.EndsAt, IssuedUtc = session.StartedAt };
        if (isKept)
        {
            properties.Items[Kept] = "";
        }

        return http.HttpContext!.SignInAsync(SessionTicket.Scheme, SessionTicket.PrincipalOf(session), properties);
    }

    /// <summary>Whoever signs in anew in the same browser leaves no second way in.</summary>
    internal async Task EndFormerAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (current.Session is { } former && await db.Set<AccountSession>().SingleOrDefaultAsync(s => s.Id == former, cancellation) is { } row)
        {
            row.EndedAt = now;
            live.EndSession(former);
        }
    }

    /// <summary>
    /// A device that is new to the account gets a new key, also where the browser had one: somebody else may have put that there and hold a copy.
    /// Colleagues who signed in with it before in the same browser go on with the new one.
    /// </summary>
    private async Task<Guid> KeepDeviceAsync(Account account, DateTimeOffset now, CancellationToken cancellation)
    {
        var devices = await db.Set<AccountDevice>().Where(d => d.AccountId == account.Id).OrderByDescending(d => d.LastAt).ThenBy(d => d.Id).ToListAsync(cancellation);
        var (had, own) = (device.Read(), Guid.NewGuid());
        if (devices.FirstOrDefault(d => d.DeviceId == had) is { } known)
        {
            known.LastAt = now;
            return known.DeviceId;
        }

        foreach (var colleague in await db.Set<AccountDevice>().Where(d => d.DeviceId == had).ToListAsync(cancellation))
        {
            colleague.DeviceId = own;
        }

        db.Add(new AccountDevice { AccountId = account.Id, DeviceId = own, FirstAt = now, LastAt = now });
        db.RemoveRange(devices.Skip(AccountDevice.Most - 1));
        if (devices.Count > 0)
        {
            await notify.HandleAsync(new Notification([Recipients.Person(account.Id)], new NoticeText(
                "您的账号刚刚在一台新设备上登录。如果不是您本人，请马上修改密码，所有设备都会退出。"), "/me/sessions", account.Id.ToString()), null, cancellation);
        }

        return own;
    }
}
