using Linli.Shell.Clients;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>接口密钥: programs that have or had a key; never the key.</summary>
internal sealed class ClientSource(IssueKey keys, IServiceTypeNames types, Texts texts) : WholeListSource<ShownClient>
{
    public override string Key => "clients";
    public override string Zh => "接口密钥";
    public override string En => "Keys of programs";
    public override Permission Permission => ShellPermissions.ManageClients;

    protected override async Task<IReadOnlyList<ListedColumn<ShownClient>>> ColumnsAsync(CancellationToken cancellation)
    {
        var names = (await types.AllAsync(cancellation)).ToDictionary(t => t.Code, t => Texts.Pick(t.Name.Zh, t.Name.En));
        var scopes = keys.Scopes.ToDictionary(s => s.Code, s => texts[s.Text]);
        return
        [
            Column("name", "名称", "Name", CellKind.Text, c => c.Name),
            Column("scopes", "能做什么", "What it may do", CellKind.Text, c => Joined(c.Scopes.Select(s => scopes.GetValueOrDefault(s, s)))),
            Column("serviceTypes", "能送的事项", "Types it may send", CellKind.Text, c => c.ServiceTypes is null ? Texts.Pick("全部", "All") : Joined(c.ServiceTypes.Select(t => names.GetValueOrDefault(t, t)))),
            Column("area", "区域", "Area", CellKind.Choice, c => c.Area),
            Column("isValid", "有效", "Valid", CellKind.YesNo, c => c.IsValid),
            Column("usedAt", "最近使用", "Last used", CellKind.Time, c => c.UsedAt, period: true),
            Column("rate", "每分钟次数", "Calls a minute", CellKind.Number, c => (decimal)c.Rate),
            Column("keyEnd", "密钥末四位", "End of the key", CellKind.Text, c => c.KeyEnd),
            Column("issuedBy", "谁发的", "Issued by", CellKind.Text, c => c.IssuedBy),
            Column("issuedAt", "发放时间", "Issued", CellKind.Time, c => c.IssuedAt, period: true),
            Column("endsAt", "有效到", "Valid until", CellKind.Time, c => c.EndsAt, period: true),
            Column("withdrawnAt", "收回时间", "Withdrawn", CellKind.Time, c => c.WithdrawnAt, period: true),
            Column("contact", "联系人", "Contact", CellKind.Text, c => c.Contact, isPersonal: true),
        ];
    }

    protected override async Task<IEnumerable<ShownClient>> AllAsync(LedgerQuery query, CancellationToken cancellation) => await keys.AllAsync(query.Reader, cancellation);
}
