using Linli.Requests.Privacy;
using Linli.Shell;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Sources;
using Linli.Shell.People;
using Linli.Shell.Text;

namespace Linli.Requests.Ledgers.Lists;

/// <summary>查看申请: wishes to read personal data that wait for the reader's decision.</summary>
internal sealed class UnmaskingSource(DecideUnmasking decide, Texts texts) : WholeListSource<WaitingUnmasking>
{
    public override string Key => "unmaskings";
    public override string Zh => "查看申请";
    public override string En => "Wishes to read personal data";
    public override Permission Permission => Permission.AnyStaff;

    protected override Task<IReadOnlyList<ListedColumn<WaitingUnmasking>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<WaitingUnmasking>>>(
    [
        Column("number", "诉求编号", "Number", CellKind.Text, u => u.Number),
        Column("title", "标题", "Title", CellKind.Text, u => u.Title),
        Column("by", "谁要看", "Who", CellKind.Text, u => u.By),
        Column("role", "岗位", "Post", CellKind.Choice, u => RoleName.Show(u.Role)),
        Column("part", "看什么", "What", CellKind.Choice, u => texts[Unmasking.Of(u.Part).Key]),
        Column("reason", "为什么看", "Why", CellKind.Choice, u => texts[Unmasking.Of(u.Reason).Key]),
        Column("words", "说明", "Words", CellKind.Text, u => u.Words),
        Column("askedAt", "申请时间", "Asked", CellKind.Time, u => u.AskedAt, period: true),
        Column("until", "有效到", "Valid until", CellKind.Time, u => u.Until),
    ]);

    protected override async Task<IEnumerable<WaitingUnmasking>> AllAsync(LedgerQuery query, CancellationToken cancellation) => await decide.WaitingAsync(query.Reader, cancellation);
}
