using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>登录的设备: where one is signed in oneself.</summary>
internal sealed class SessionSource(ReadSessions sessions, Texts texts) : WholeListSource<ShownSession>
{
    public override string Key => "sessions";
    public override string Zh => "我登录的设备";
    public override string En => "Where I am signed in";
    public override Permission Permission => Permission.AnyStaff;

    protected override Task<IReadOnlyList<ListedColumn<ShownSession>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<ShownSession>>>(
    [
        Column("device", "设备", "Device", CellKind.Text, s => s.Device),
        Column("means", "怎么登录的", "How", CellKind.Choice, s => texts[MeansWords.Of(s.Means)]),
        Column("startedAt", "登录时间", "Signed in", CellKind.Time, s => s.StartedAt, period: true),
        Column("usedAt", "最近使用", "Last used", CellKind.Time, s => s.UsedAt, period: true),
        Column("endsAt", "有效到", "Valid until", CellKind.Time, s => s.EndsAt),
    ]);

    protected override async Task<IEnumerable<ShownSession>> AllAsync(LedgerQuery query, CancellationToken cancellation) => await sessions.OfAsync(query.Reader.Id, null, cancellation);
}
