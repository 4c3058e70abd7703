using System.CommandLine;
using Linli.Database.Archive;
using Linli.Kernel.Audit;
using Linli.Kernel.Privacy;
using Linli.Shell.Evidence;
using Spectre.Console;

namespace Linli.Server.Verbs;

/// <summary>linli archive export | check | import: everything of an installation in one file, and back into an empty store of either engine.</summary>
internal static class ArchiveVerb
{
    private static readonly Argument<string> File = new("FILE") { Description = Terminal.T["存档文件（ZIP，格式见 docs/operate/archive.md）"] };

    private static readonly Option<FileInfo?> Passphrase = new("--passphrase-file")
    {
        Description = Terminal.T["文件的第一行是口令：密钥随存档一起走，用它加密；不给就不带密钥"], HelpName = "FILE",
    };

    public static Command Create() => new("archive", Terminal.T["整个系统的存档：导出、核对、导入空的数据库"]) { Export(), Check(), Import() };

    private static Command Export()
    {
        var verb = new Command("export", Terminal.T["导出全部数据和文件；可以在运行中做"]) { File, Passphrase };
        verb.SetAction((asked, cancellation) => !Door.IsThere(asked) ? Task.FromResult(1) : Door.InScopeAsync(asked, (scope, token) => SayAsync(async () =>
        {
            var vault = scope.GetRequiredService<EvidenceVaults>().InUse;
            var manifest = await WithBarsAsync(bars => scope.GetRequiredService<WriteArchive>().RunAsync(asked.GetRequiredValue(File), vault, PassphraseOf(asked), bars, token));
            Tell("导出完成：{0} 张表，{1} 行，{2} 个文件。", manifest);
            Terminal.Say(manifest.HasKeys ? "密钥在存档里，用口令加密。没有口令，个人信息就永远读不出来。" : "密钥不在存档里：请另外保存 {0}，没有它个人信息就读不出来。", scope.GetRequiredService<Kernel.DataFolder>().Keys);
            return 0;
        }), cancellation));
        return verb;
    }

    private static Command Check()
    {
        var verb = new Command("check", Terminal.T["核对存档是否完整，不用数据库"]) { File };
        verb.SetAction((asked, cancellation) => SayAsync(async () =>
        {
            Tell("存档完整：{0} 张表，{1} 行，{2} 个文件。", await WithBarsAsync(bars => ReadArchive.CheckAsync(asked.GetRequiredValue(File), bars, cancellation)));
            return 0;
        }));
        return verb;
    }

    private static Command Import()
    {
        var verb = new Command("import", Terminal.T["把存档导入空的数据库（SQLite 或 PostgreSQL），一行不差"]) { File, Passphrase };
        verb.SetAction((asked, cancellation) => SayAsync(() => ImportAsync(asked, cancellation)));
        return verb;
    }

    private static async Task<int> ImportAsync(ParseResult asked, CancellationToken cancellation)
    {
        await using var app = LinliHost.Build(Door.Folder(asked), builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var vault = services.GetRequiredService<EvidenceVaults>().InUse;
        var manifest = await WithBarsAsync(bars => services.GetRequiredService<ReadArchive>().RunAsync(asked.GetRequiredValue(File), vault, PassphraseOf(asked), bars, cancellation));
        Tell("导入完成：{0} 张表，{1} 行，{2} 个文件。", manifest);
        var (ring, audit) = (services.GetRequiredService<KeyRing>(), services.GetRequiredService<AuditKeys>());
        var missing = manifest.KeyIds.Where(id => ring.Find(id) is null && audit.IfThere?.Id != id).ToList();
        if (missing.Count > 0)
        {
            Terminal.Say("还缺密钥 {0}：启动之前，把原来的 keys 目录复制到 {1}。", string.Join(", ", missing), services.GetRequiredService<Kernel.DataFolder>().Keys);
            return 0;
        }

        var report = await services.GetRequiredService<CheckAudit>().HandleAsync(new AuditQuestion(null, null), cancellation);
        if (!report.IsWhole)
        {
            Terminal.Complain("搬来的审计日志有 {0} 处不对。请运行 linli audit verify 查看。", report.FaultCount);
            return 1;
        }

        Terminal.Say("审计日志完整：封存的 {0} 条都相符。", report.Sealed);
        return 0;
    }

    private static async Task<int> SayAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (ArchiveRefusedException refused)
        {
            Terminal.Complain(refused.Key, [.. refused.Values]);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            Terminal.Complain("没有文件 {0}。", (missing as FileNotFoundException)?.FileName ?? missing.Message);
        }

        return 1;
    }

    private static void Tell(string key, ArchiveManifest manifest) => Terminal.Say(key, manifest.Tables.Count, manifest.Tables.Sum(t => t.Rows), manifest.EvidenceFiles);

    private static string? PassphraseOf(ParseResult asked) => asked.GetValue(Passphrase) is { } file ? System.IO.File.ReadLines(file.FullName).FirstOrDefault()?.Trim() ?? "" : null;

    private static Task<T> WithBarsAsync<T>(Func<IProgress<ArchiveProgress>, Task<T>> work) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).StartAsync(context => work(new Bar(context)));

    /// <summary>One bar; its name is the table in hand. Called from the work's own thread, in order.</summary>
    private sealed class Bar(ProgressContext context) : IProgress<ArchiveProgress>
    {
        private readonly ProgressTask _bar = context.AddTask("…");

        public void Report(ArchiveProgress value) =>
            (_bar.Description, _bar.MaxValue, _bar.Value) = (Markup.Escape(value.What), Math.Max(value.Total, Math.Max(value.Done, 1)), Math.Max(value.Done, value.Total == 0 ? 1 : 0));
    }
}
