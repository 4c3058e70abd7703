using Linli.Requests.Suggestions;
using Linli.Shell;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Sources;
using Linli.Shell.Text;

namespace Linli.Requests.Ledgers.Lists;

/// <summary>推荐得准不准: of what Linli says, by how sure it was.</summary>
internal sealed class SuggestionSource(SuggestionStatistics statistics) : WholeListSource<SuggestionBand>
{
    public override string Key => "suggestions";
    public override string Zh => "推荐准确率";
    public override string En => "How suggestions fare";
    public override Permission Permission => Permission.AnyStaff;

    protected override Task<IReadOnlyList<ListedColumn<SuggestionBand>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<SuggestionBand>>>(
    [
        Column("kind", "推荐什么", "What", CellKind.Choice, KindWord),
        Column("from", "把握从", "Sure from", CellKind.Number, b => (decimal?)b.From),
        Column("to", "把握到", "Sure up to", CellKind.Number, b => (decimal?)b.To),
        Column("shown", "给出", "Shown", CellKind.Number, b => (decimal)b.Shown),
        Column("accepted", "采用", "Accepted", CellKind.Number, b => (decimal)b.Accepted),
        Column("overridden", "改选", "Overridden", CellKind.Number, b => (decimal)b.Overridden),
        Column("unclaimed", "说不准", "Unsure", CellKind.Number, b => (decimal)b.Unclaimed),
    ]);

    protected override Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<LedgerFilter>>([LastDays.Filter]);

    protected override async Task<IEnumerable<SuggestionBand>> AllAsync(LedgerQuery query, CancellationToken cancellation) =>
        (await statistics.RunAsync(LastDays.Of(Asked(query, "days")), cancellation)).Bands;

    private static string KindWord(SuggestionBand band) => (band.Kind, band.Stage) switch
    {
        (SuggestionKind.Owner, _) => Texts.Pick("主办单位", "Lead organisation"),
        (SuggestionKind.Place, _) => Texts.Pick("地点", "Place"),
        (_, SuggestionStage.Report) => Texts.Pick("事项（提交时）", "Type, when reported"),
        _ => Texts.Pick("事项（派单时）", "Type, when dispatched"),
    };
}
