using Linli.Requests.Import.Assistant;
using Linli.Shell;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Sources;
using Linli.Shell.Text;

namespace Linli.Requests.Ledgers.Lists;

/// <summary>导入: one's own files, as the assistant lists them.</summary>
internal sealed class ImportSource(ImportAssistant imports, Texts texts) : WholeListSource<ImportBatch>
{
    public override string Key => "imports";
    public override string Zh => "导入文件";
    public override string En => "Imports";
    public override Permission Permission => ImportPages.Permission;

    protected override Task<IReadOnlyList<ListedColumn<ImportBatch>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<ImportBatch>>>(
    [
        Column("fileName", "文件", "File", CellKind.Text, b => b.FileName),
        Column("kind", "导入什么", "What", CellKind.Choice, b => ImportWords.Of(b.Kind, texts)),
        Column("state", "状态", "State", CellKind.Choice, b => ImportWords.Of(b.State, texts)),
        Column("at", "时间", "Time", CellKind.Time, b => b.At, period: true),
        Column("total", "行数", "Rows", CellKind.Number, b => (decimal)b.Total),
        Column("imported", "导入", "Imported", CellKind.Number, b => (decimal)b.Imported),
        Column("known", "已有", "Known", CellKind.Number, b => (decimal)b.Known),
        Column("rejected", "有错", "Wrong", CellKind.Number, b => (decimal)b.Rejected),
        Column("endedAt", "完成时间", "Done", CellKind.Time, b => b.EndedAt, period: true),
        Column("undoneAt", "撤销时间", "Undone", CellKind.Time, b => b.UndoneAt, period: true),
    ]);

    protected override async Task<IEnumerable<ImportBatch>> AllAsync(LedgerQuery query, CancellationToken cancellation) => await imports.AllAsync(query.Reader, cancellation);
}
