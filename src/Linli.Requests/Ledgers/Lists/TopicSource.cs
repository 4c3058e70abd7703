using Linli.Requests.Topics;
using Linli.Shell;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Sources;
using Linli.Shell.Text;

namespace Linli.Requests.Ledgers.Lists;

/// <summary>热点: what many of the requests that the reader sees are about.</summary>
internal sealed class TopicSource(HotTopics topics) : WholeListSource<TopicView>
{
    public override string Key => "topics";
    public override string Zh => "热点";
    public override string En => "Hot topics";
    public override Permission Permission => Permission.AnyStaff;

    protected override Task<IReadOnlyList<ListedColumn<TopicView>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<TopicView>>>(
    [
        Column("title", "说的是什么", "Topic", CellKind.Text, t => t.Title),
        Column("place", "在哪里", "Place", CellKind.Text, t => t.Place),
        Column("requests", "件数", "Requests", CellKind.Number, t => (decimal)t.Requests),
        Column("people", "反映人数", "People", CellKind.Number, t => (decimal)t.People),
        Column("trend", "走势", "Trend", CellKind.Choice, t => TrendWord(t.Trend)),
        Column("numbers", "诉求编号", "Requests behind it", CellKind.Text, t => Joined(t.Behind.Select(b => b.Number))),
    ]);

    protected override Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<LedgerFilter>>([LastDays.Filter]);

    protected override async Task<IEnumerable<TopicView>> AllAsync(LedgerQuery query, CancellationToken cancellation) =>
        (await topics.RunAsync(query.Reader, LastDays.Of(Asked(query, "days")), cancellation)).Topics;

    private static string TrendWord(Trend trend) => trend switch
    {
        Trend.Rising => Texts.Pick("上升", "Rising"),
        Trend.Falling => Texts.Pick("下降", "Falling"),
        _ => Texts.Pick("平稳", "Steady"),
    };
}
