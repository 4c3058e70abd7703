using Linli.Kernel.Audit;
using Linli.Shell.Audit;
using Linli.Shell.Pages;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>审计日志: for auditors, as their own page shows it; what is hidden from them there is hidden here.</summary>
internal sealed class AuditSource(ReadAudit read, Texts texts) : ListedSource<AuditLine>
{
    public override string Key => "audit";
    public override string Zh => "审计日志";
    public override string En => "Audit log";
    public override Permission Permission => ShellPermissions.ReadAudit;

    /// <summary>Not known without reading it; nothing is promised.</summary>
    public override Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation) => Task.FromResult(0);

    protected override Task<IReadOnlyList<ListedColumn<AuditLine>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<AuditLine>>>(
    [
        ListedColumn<AuditLine>.Of("sequence", "编号", "Number", CellKind.Number, l => (decimal?)l.Sequence),
        ListedColumn<AuditLine>.Of("at", "时间", "Time", CellKind.Time, l => l.At, period: true),
        ListedColumn<AuditLine>.Of("actor", "谁", "Who", CellKind.Text, l => l.Actor),
        ListedColumn<AuditLine>.Of("login", "登录名", "Login", CellKind.Text, l => l.Login),
        ListedColumn<AuditLine>.Of("what", "做了什么", "What", CellKind.Text, l => l.What),
        ListedColumn<AuditLine>.Of("kind", "类别", "Kind", CellKind.Choice, l => texts[KindWord(l.Kind)]),
        ListedColumn<AuditLine>.Of("verb", "代号", "Verb", CellKind.Choice, l => l.Verb),
        ListedColumn<AuditLine>.Of("subject", "对象", "Subject", CellKind.Text, l => l.Subject),
        ListedColumn<AuditLine>.Of("reason", "原因", "Reason", CellKind.Text, l => l.Reason),
    ]);

    protected override Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<LedgerFilter>>(
    [
        new("person", "姓名或登录名", "Name or login"), new("subject", "对象", "Subject"),
        new("kind", "类别", "Kind", [.. Enum.GetValues<AuditKind>().Select(k => new Option($"{k}", texts[KindWord(k)]))]),
        new("verb", "做了什么", "What", [.. read.Verbs.Select(v => new Option(v.Verb, texts[v.Words, "…"]))]),
    ]);

    protected override IAsyncEnumerable<AuditLine> ReadAsync(LedgerQuery query, CancellationToken cancellation)
    {
        var filter = new AuditFilter(Asked(query, "person"), Asked(query, "verb"), Asked(query, "subject"), Enum.TryParse<AuditKind>(Asked(query, "kind"), out var kind) ? kind : null,
            query.Span is { } span ? DayOf(span.From) : null, query.Span is { } same ? DayOf(same.Until).AddDays(-1) : null, null);
        return read.AllAsync(filter, query.Reader, query.Most, cancellation);
    }

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(LocalTime.Of(at).DateTime);

    private static string KindWord(AuditKind kind) => kind switch
    {
        AuditKind.Read => "查看个人信息或导出",
        AuditKind.SignIn => "登录与账号安全",
        _ => "操作记录",
    };
}
