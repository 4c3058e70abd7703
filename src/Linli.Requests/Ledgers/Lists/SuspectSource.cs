using Linli.Requests.Floods;
using Linli.Shell;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Sources;

namespace Linli.Requests.Ledgers.Lists;

internal sealed record Suspect(int Batch, SuspectBatch Of, SuspectRequest Request);

/// <summary>疑似批量提交: the requests of each batch.</summary>
internal sealed class SuspectSource(FindSuspects find) : WholeListSource<Suspect>
{
    public override string Key => "floods";
    public override string Zh => "疑似批量提交";
    public override string En => "Suspect batches";
    public override Permission Permission => FloodPages.Permission;

    protected override Task<IReadOnlyList<ListedColumn<Suspect>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<Suspect>>>(
    [
        Column("batch", "第几批", "Batch", CellKind.Number, s => (decimal)s.Batch),
        Column("number", "编号", "Number", CellKind.Text, s => s.Request.Number),
        Column("title", "标题", "Title", CellKind.Text, s => s.Request.Title),
        Column("beginning", "开头的话", "Beginning", CellKind.Text, s => s.Request.Beginning),
        Column("reportedAt", "提交时间", "Reported", CellKind.Time, s => s.Request.ReportedAt, period: true),
        Column("requests", "这一批件数", "Requests of the batch", CellKind.Number, s => (decimal)s.Of.Requests),
        Column("sameDevice", "同一设备", "Same device", CellKind.Number, s => (decimal)s.Of.SameDevice),
        Column("sameNeighbourhood", "同一网络", "Same network", CellKind.Number, s => (decimal)s.Of.SameNeighbourhood),
        Column("sameWords", "写得一样", "Same words", CellKind.Number, s => (decimal)s.Of.SameWords),
    ]);

    protected override async Task<IEnumerable<Suspect>> AllAsync(LedgerQuery query, CancellationToken cancellation) =>
        (await find.RunAsync(query.Reader, cancellation)).Batches.SelectMany((batch, i) => batch.Behind.Select(r => new Suspect(i + 1, batch, r)));
}
