using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Passwords;
using Linli.Shell.Inbox;
using Linli.Shell.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.People.Invitations;

/// <summary>Whom to invite, and what they will do.</summary>
/// <param name="Email">Where the link goes; empty for a letter on paper.</param>
public sealed record InvitationInput(string? Name, string? NameEn, string? Email, string? Language, IReadOnlyList<PostInput>? Posts);

/// <summary>An invitation that was just made.</summary>
/// <param name="Code">To be printed and handed over, shown this once; null when the link went by mail.</param>
public sealed record Invited(Guid Id, string? Code, DateTimeOffset EndsAt);

/// <summary>An invitation as administrators see it.</summary>
public sealed record ShownInvitation(Guid Id, string Name, string? NameEn, string? Email, string InvitedBy, DateTimeOffset InvitedAt, DateTimeOffset EndsAt, IReadOnlyList<Role> Roles);

/// <summary>
/// An administrator invites; whoever has the code chooses login and password, and the posts begin then. Nothing is said about whether an address has
/// an account already.
/// </summary>
public sealed class InvitePerson(LinliDb db, MakeAppointment appoint, AddPerson add, AccountVault vault, LoadActor load, Notify notify, QueueMail mail, IOptions<AccountsOptions> options, TimeProvider clock)
{
    private const int Most = 200;

    private static Failure Refused { get; } = new Failure.Conflict("invitation_refused", "邀请码不对，或者邀请已经用过、收回、过期。请向邀请您的人再要一个。");

    private static Failure Outdated { get; } = new Failure.Conflict("invitation_outdated", "这个邀请已经作废：发出邀请的人现在不能再给这个岗位，或者岗位已不再有效。管理员已经知道，请等新的邀请。");

    public async Task<Outcome<Invited>> HandleAsync(Actor actor, InvitationInput input, CancellationToken cancellation)
    {
        var person = new PersonInput(null, input.Name, input.NameEn, input.Email, input.Language).Tidy();
        var problems = person.Problems().ToList();
        foreach (var post in input.Posts ?? [])
        {
            problems.AddRange((await appoint.HandleAsync(actor, Guid.Empty, post, cancellation)).Failure is Failure.Invalid wrong ? wrong.Problems : []);
        }

        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var (code, now) = (OneTimeCodes.New() + OneTimeCodes.New(), clock.GetUtcNow());
        var invitation = new Invitation
        {
            TokenHash = Hash(code), Name = person.Name!, NameEn = person.NameEn, Language = person.Language, Posts = JsonSerializer.Serialize(input.Posts ?? [], Json.Plain),
            InvitedBy = actor.Id, InvitedAt = now, EndsAt = now + options.Value.Invitation,
        };
        invitation.Mailbox = vault.SealInvited(invitation.Id, person.Email);
        db.Add(invitation);
        var goesByMail = person.Email is not null && mail.IsOn;
        if (goesByMail)
        {
            mail.Queue(new Letter(person.Email!, person.Language, new NoticeText("{0}，请您加入邻里。点下面的链接，自己选登录名和密码；链接到 {1:yyyy-MM-dd HH:mm} 有效，只能用一次。邀请码：{2}", person.Name!, invitation.EndsAt, Show(code)),
                $"/sign-in/invitation?code={Show(code)}", $"invitation:{invitation.Id}"));
        }

        await db.CommitAsync(actor.Act("shell.invite", now, invitation.Id.ToString()), cancellation);
        return new Invited(invitation.Id, goesByMail ? null : Show(code), invitation.EndsAt);
    }

    public async Task<Outcome<Invited>> WithdrawAsync(Actor actor, Guid id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (await db.Set<Invitation>().SingleOrDefaultAsync(i => i.Id == id, cancellation) is not { } invitation || !invitation.IsOpenAt(now))
        {
            return new Failure.NotFound("没有这个邀请，可能已经接受、收回或过期。");
        }

        (invitation.WithdrawnAt, invitation.Mailbox) = (now, null);
        try
        {
            await db.CommitAsync(actor.Act("shell.withdraw-invitation", now, id.ToString()), cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Failure.NotFound("没有这个邀请，可能已经接受、收回或过期。");
        }

        return new Invited(id, null, invitation.EndsAt);
    }

    /// <summary>Makes the account with everything that was promised, in one commit: the code works once.</summary>
    public async Task<Outcome<AddedPerson>> AcceptAsync(string? code, string? login, string? password, CancellationToken cancellation)
    {
        var (hash, now) = (Hash(OneTimeCodes.Tidy(code ?? "")), clock.GetUtcNow());
        if (await db.Set<Invitation>().SingleOrDefaultAsync(i => i.TokenHash == hash, cancellation) is not { } invitation || !invitation.IsOpenAt(now))
        {
            return Refused;
        }

        var posts = JsonSerializer.Deserialize<List<PostInput>>(invitation.Posts, Json.Plain)!.Select(p => p with { From = p.From > now ? p.From : null }).ToList();
        if (!await IsStillMeantAsync(invitation, posts, cancellation))
        {
            return await EndAsync(invitation, now, cancellation);
        }

        var email = vault.OpenInvited(invitation);
        (invitation.AcceptedAt, invitation.Mailbox) = (now, null);
        try
        {
            return await add.HandleAsync(Actor.System, new PersonInput(login, invitation.Name, invitation.NameEn, email, invitation.Language), posts, password ?? "", cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refused;   // accepted or withdrawn at the same moment
        }
    }

    /// <summary>A week is long: whoever invited may have been moved or locked out since, and a post may have lost its organisation.</summary>
    private async Task<bool> IsStillMeantAsync(Invitation invitation, List<PostInput> posts, CancellationToken cancellation)
    {
        var inviter = invitation.InvitedBy == Guid.Empty ? Actor.System : (await load.FindAsync(invitation.InvitedBy, null, cancellation))?.Actor;
        if (inviter is null || (inviter.Kind != ActorKind.System && !ShellPermissions.ManagePeople.IsHeldBy(inviter)))
        {
            return false;
        }

        foreach (var post in posts)
        {
            if (!(await appoint.HandleAsync(inviter, Guid.Empty, post, cancellation)).Succeeded)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<Failure> EndAsync(Invitation invitation, DateTimeOffset now, CancellationToken cancellation)
    {
        (invitation.WithdrawnAt, invitation.Mailbox) = (now, null);
        await notify.HandleAsync(new Notification([Recipients.Administrators, Recipients.Person(invitation.InvitedBy)],
            new NoticeText("给 {0} 的邀请没有生效：发出邀请的人已经不能给这个岗位，或者岗位已不再有效。还需要的话，请重新邀请。", invitation.Name), "/admin/people/invitations", invitation.Id.ToString()), null, cancellation);
        try
        {
            await db.CommitAsync(Act.BySystem("shell.end-invitation", now, invitation.Id.ToString()), cancellation);
            return Outdated;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refused;   // withdrawn at the same moment
        }
    }

    public async Task<IReadOnlyList<ShownInvitation>> OpenAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Set<Invitation>().AsNoTracking().Where(i => i.AcceptedAt == null && i.WithdrawnAt == null && i.EndsAt > now).OrderByDescending(i => i.InvitedAt).ThenBy(i => i.Id).Take(Most)
            .Select(i => new { Row = i, By = db.Set<Account>().Where(a => a.Id == i.InvitedBy).Select(a => a.Name).FirstOrDefault() }).ToListAsync(cancellation);
        return [.. rows.Select(r => new ShownInvitation(r.Row.Id, r.Row.Name, r.Row.NameEn, vault.OpenInvited(r.Row), r.By ?? "", r.Row.InvitedAt, r.Row.EndsAt,
            [.. JsonSerializer.Deserialize<List<PostInput>>(r.Row.Posts, Json.Plain)!.Select(p => p.Role!.Value)]))];
    }

    /// <summary>100 bits: nothing slow is needed to keep it.</summary>
    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    private static string Show(string code) => string.Join('-', code.Chunk(5).Select(c => new string(c)));
}
