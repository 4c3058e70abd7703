using Linli.Requests.Suggestions;
using Linli.Shell;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Sources;

namespace Linli.Requests.Ledgers.Lists;

/// <summary>首派准确率: of teams, never of people; small samples have no rate, as on screen.</summary>
internal sealed class DispatchAccuracySource(SuggestionStatistics statistics) : WholeListSource<TeamAccuracy>
{
    public override string Key => "dispatchAccuracy";
    public override string Zh => "首派准确率";
    public override string En => "First-dispatch accuracy";
    public override Permission Permission => Permission.AnyStaff;

    protected override Task<IReadOnlyList<ListedColumn<TeamAccuracy>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<TeamAccuracy>>>(
    [
        Column("team", "派单的班组", "Team", CellKind.Text, t => t.Team),
        Column("first", "首派", "First dispatches", CellKind.Number, t => (decimal)t.First),
        Column("right", "一次派对", "Right at once", CellKind.Number, t => (decimal)t.Right),
        Column("pending", "待签收", "Not yet signed", CellKind.Number, t => (decimal)t.Pending),
        Column("accuracy", "首派准确率", "First-dispatch accuracy", CellKind.Number, t => (decimal?)t.Accuracy),
    ]);

    protected override Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<LedgerFilter>>([LastDays.Filter]);

    protected override async Task<IEnumerable<TeamAccuracy>> AllAsync(LedgerQuery query, CancellationToken cancellation) =>
        (await statistics.RunAsync(LastDays.Of(Asked(query, "days")), cancellation)).Teams;
}
