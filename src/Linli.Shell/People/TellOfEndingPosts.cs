using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>Says two weeks ahead, once, that a post will be over, so that nobody finds the door closed on a Monday morning. Deputies knew their day from the start.</summary>
public sealed class TellOfEndingPosts(LinliDb db, Notify notify, TimeProvider clock)
{
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(14);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var soon = now + Ahead;
        var ending = await db.Set<Appointment>().AsNoTracking().Where(p => p.From <= now && p.Until > now && p.Until <= soon && p.DeputyOf == null)
            .Where(p => db.Set<Account>().Any(a => a.Id == p.AccountId && a.IsActive)).OrderBy(p => p.Until).Take(1_000).ToListAsync(cancellation);
        foreach (var post in ending)
        {
            // Named with its day: a post that is prolonged is told of again.
            var subject = $"post {post.Id:N} {post.Until:yyyyMMdd}";
            if (!await db.Set<Notice>().AnyAsync(n => n.AccountId == post.AccountId && n.Subject == subject, cancellation))
            {
                await notify.HandleAsync(new Notification([Recipients.Person(post.AccountId)],
                    new NoticeText("您的岗位“{0}”到 {1:yyyy-MM-dd HH:mm} 结束。要继续，请联系管理员。", RoleName.Of(post.Role), post.Until!.Value), "/me", subject), null, cancellation);
            }
        }

        if (db.HasChanges)
        {
            await db.CommitAsync(Act.BySystem("shell.tell-of-ending-posts", now), cancellation);
        }
    }
}
