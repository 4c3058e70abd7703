using System.Globalization;
using Linli.Kernel;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Inbox;

/// <summary>One notice as its reader sees it.</summary>
public sealed record InboxItem(long Id, string Text, string? Link, string? Subject, DateTimeOffset At, DateTimeOffset? ReadAt);

/// <param name="Unread">Unread notices altogether.</param>
/// <param name="Older">Pass as <c>cursor</c> for the next page; null on the last.</param>
public sealed record InboxList(int Unread, IReadOnlyList<InboxItem> Items, long? Older);

/// <summary>Somebody's notices, newest first.</summary>
public sealed class ReadInbox(LinliDb db, Texts texts)
{
    public const int PageSize = 30;
    public const int MaxPageSize = 100;

    public async Task<InboxList> HandleAsync(Guid account, bool unreadOnly, long? before, int? count, CancellationToken cancellation)
    {
        var size = Math.Clamp(count ?? PageSize, 1, MaxPageSize);
        var mine = db.Set<Notice>().AsNoTracking().Where(n => n.AccountId == account);
        var found = await mine.Where(n => (!unreadOnly || n.ReadAt == null) && (before == null || n.Id < before))
            .OrderByDescending(n => n.Id).Take(size + 1).ToListAsync(cancellation);
        var page = found.Take(size).ToList();
        return new InboxList(await UnreadAsync(account, cancellation), [.. page.Select(Show)], found.Count > size ? page[^1].Id : null);
    }

    /// <summary>For the bell on every page.</summary>
    public Task<int> UnreadAsync(Guid account, CancellationToken cancellation) =>
        db.Set<Notice>().CountAsync(n => n.AccountId == account && n.ReadAt == null, cancellation);

    private InboxItem Show(Notice notice) => new(
        notice.Id, NoticeText.Read(notice.Text, notice.Values).In(texts, CultureInfo.CurrentUICulture), notice.Link, notice.Subject, notice.At, notice.ReadAt);
}
