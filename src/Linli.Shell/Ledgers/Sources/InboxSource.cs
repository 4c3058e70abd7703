using System.Globalization;
using Linli.Kernel;
using Linli.Shell.Inbox;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>消息: one's own.</summary>
internal sealed class InboxSource(LinliDb db, Texts texts) : ListedSource<Notice>
{
    public override string Key => "inbox";
    public override string Zh => "我的消息";
    public override string En => "My notices";
    public override Permission Permission => Permission.AnyStaff;

    public override Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation) => Mine(query).CountAsync(cancellation);

    protected override Task<IReadOnlyList<ListedColumn<Notice>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<Notice>>>(
    [
        ListedColumn<Notice>.Of("at", "时间", "Time", CellKind.Time, n => n.At, period: true),
        ListedColumn<Notice>.Of("text", "内容", "Text", CellKind.Text, n => NoticeText.Read(n.Text, n.Values).In(texts, CultureInfo.CurrentUICulture)),
        ListedColumn<Notice>.Of("subject", "关于", "About", CellKind.Text, n => n.Subject),
        ListedColumn<Notice>.Of("isRead", "已读", "Read (yes or no)", CellKind.YesNo, n => n.ReadAt is not null),
        ListedColumn<Notice>.Of("readAt", "读的时间", "Read", CellKind.Time, n => n.ReadAt),
    ]);

    protected override Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<LedgerFilter>>([new("unread", "是否已读", "Read", [new Option("true", Texts.Pick("只要未读的", "Unread only"))])]);

    protected override IAsyncEnumerable<Notice> ReadAsync(LedgerQuery query, CancellationToken cancellation) => Mine(query).OrderByDescending(n => n.Id).AsAsyncEnumerable();

    private IQueryable<Notice> Mine(LedgerQuery query)
    {
        var (id, from, until) = (query.Reader.Id, query.Span?.From, query.Span?.Until);
        var mine = db.Set<Notice>().AsNoTracking().Where(n => n.AccountId == id && (Asked(query, "unread") == null || n.ReadAt == null));
        return from is null ? mine : mine.Where(n => n.At >= from && n.At < until);
    }
}
