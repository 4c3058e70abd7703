using Linli.Shell.People;
using Linli.Shell.People.Deputies;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>代班: who stands in for oneself, and for whom one stands in.</summary>
internal sealed class DeputySource(ReadDeputies deputies) : WholeListSource<Deputy>
{
    public override string Key => "deputies";
    public override string Zh => "我的代班";
    public override string En => "My deputies";
    public override Permission Permission => Permission.AnyStaff;

    protected override Task<IReadOnlyList<ListedColumn<Deputy>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<Deputy>>>(
    [
        Column("isMine", "我交出的", "Lent by me", CellKind.YesNo, d => d.IsMine),
        Column("name", "对方", "Who", CellKind.Text, d => Texts.Pick(d.Name, d.NameEn)),
        Column("role", "岗位", "Post", CellKind.Choice, d => RoleName.Show(d.Role)),
        Column("organisation", "单位", "Organisation", CellKind.Choice, d => d.Organisation is { } zh ? Texts.Pick(zh, d.OrganisationEn) : null),
        Column("from", "从", "From", CellKind.Time, d => d.From, period: true),
        Column("until", "到", "Until", CellKind.Time, d => d.Until, period: true),
    ]);

    protected override async Task<IEnumerable<Deputy>> AllAsync(LedgerQuery query, CancellationToken cancellation) => await deputies.OfAsync(query.Reader.Id, cancellation);
}
