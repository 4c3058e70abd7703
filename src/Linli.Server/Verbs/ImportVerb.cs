using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Linli.Kernel;
using Linli.Requests.Import;
using Linli.Requests.Life;
using Linli.Shell.Text;
using Spectre.Console;

namespace Linli.Server.Verbs;

/// <summary>linli import requests FILE --mapping NAME: brings in requests from another system's file.</summary>
internal static class ImportVerb
{
    /// <summary>The exit code when rows are left for somebody to correct.</summary>
    private const int SomeRejected = 2;

    private static readonly Argument<string> File = new("FILE") { Description = Terminal.T["CSV、XLSX 或 XLS 文件"] };

    private static readonly Option<string> Mapping = new("--mapping")
    {
        Description = Terminal.T["映射：随产品提供的名称（{0}），或 JSON 文件", string.Join(" / ", ImportMapping.ShippedNames())], HelpName = "MAPPING", Required = true,
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = Terminal.T["只看会导入什么，不写数据库"] };

    public static Command Create()
    {
        var requests = new Command("requests", Terminal.T["导入其他系统导出的诉求；可以重复运行，已有的不会变"]) { File, Mapping, DryRun };
        requests.SetAction(async (asked, cancellation) => Door.IsThere(asked) ? await Door.InScopeAsync(asked, (scope, token) => RunAsync(asked, scope, token), cancellation) : 1);
        return new Command("import", Terminal.T["从文件导入"]) { requests };
    }

    private static async Task<int> RunAsync(ParseResult asked, IServiceProvider scope, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var file = asked.GetValue(File)!;
        var mapping = await ImportMapping.LoadAsync(asked.GetValue(Mapping)!, cancellation);
        if (!mapping.Succeeded)
        {
            return Refuse(mapping.Failure);
        }

        var import = scope.GetRequiredService<ImportRequests>();
        var outcome = await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => import.RunAsync(file, mapping.Value, asked.GetValue(DryRun), new Bars(context), cancellation));
        if (!outcome.Succeeded)
        {
            return Refuse(outcome.Failure);
        }

        var report = outcome.Value;
        Show(report);
        if (report.Rejected.Count > 0 && !report.IsDryRun)
        {
            var path = RejectedRows.PathOf(file);
            await RejectedRows.WriteAsync(path, report.Table, report.Rejected, Terminal.T["行号"], Terminal.T["没有导入的原因"], Text);
            Terminal.Say("没有导入的行和原因写在 {0}；改好后可以直接再导入它。", path);
        }

        Terminal.Say(report.IsDryRun ? "这是试运行，什么也没有写。去掉 --dry-run 就会导入。用时 {0:0.0} 秒。" : "完成，用时 {0:0.0} 秒。", watch.Elapsed.TotalSeconds);
        return report.Rejected.Count > 0 ? SomeRejected : 0;
    }

    private static void Show(ImportReport report)
    {
        Terminal.Say("格式：{0}。共 {1} 行：新的 {2}，已有的 {3}，不能导入的 {4}。", report.Table.Format, report.Table.Rows.Count, report.Imported, report.Known, report.Rejected.Count);
        if (report.NewOrganisations.Count > 0)
        {
            Terminal.Say("随之新建 {0} 个单位。", report.NewOrganisations.Count);
        }

        Table("事项", report.ByType.Select(t => (Terminal.Words.IsChinese ? t.Zh : t.En, t.Count)));
        Table("状态", report.ByState.Select(s => (Terminal.T[LifeTexts.Of(s.State).Key], s.Count)));
        Table("不能导入的原因", report.Rejected.GroupBy(r => r.Problem.Message)
            .Select(g => (Terminal.T["{0}（例如第 {1} 行）", Text(g.First().Problem), g.First().Row.Line], g.Count())));
    }

    private static void Table(string heading, IEnumerable<(string Name, int Count)> lines)
    {
        var all = lines.OrderByDescending(l => l.Count).ToList();
        if (all.Count == 0)
        {
            return;
        }

        var table = new Table().RoundedBorder().AddColumn(Markup.Escape(Terminal.T[heading])).AddColumn(new TableColumn(Markup.Escape(Terminal.T["件数"])).RightAligned());
        all.ForEach(l => table.AddRow(Markup.Escape(l.Name), l.Count.ToString("N0", CultureInfo.InvariantCulture)));
        AnsiConsole.Write(table);
    }

    private static int Refuse(Failure failure)
    {
        if (failure is Failure.Invalid invalid)
        {
            foreach (var problem in invalid.Problems)
            {
                Terminal.Complain(problem.Message, problem.Values);
            }
        }
        else
        {
            Terminal.Complain(failure.Message, failure.Values);
        }

        return 1;
    }

    private static string Text(FieldProblem problem) => Terminal.T[problem.Message, problem.Values];

    /// <summary>One bar for each phase. Called from the import's own thread, in order.</summary>
    private sealed class Bars(ProgressContext context) : IProgress<ImportProgress>
    {
        private readonly Dictionary<ImportPhase, ProgressTask> _bars = [];

        public void Report(ImportProgress value)
        {
            if (!_bars.TryGetValue(value.Phase, out var bar))
            {
                _bars[value.Phase] = bar = context.AddTask(Terminal.T[value.Phase == ImportPhase.Reading ? "读取" : "写入"], maxValue: value.Total);
            }

            bar.Value = value.Done;
        }
    }
}
