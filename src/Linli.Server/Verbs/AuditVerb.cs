using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Audit;

namespace Linli.Server.Verbs;

/// <summary>linli audit verify, checkpoint, key, begin: what auditors and operators do with the audit log.</summary>
internal static class AuditVerb
{
    private const int WrongUse = 2;

    private static readonly Option<FileInfo?> Checkpoint = new("--checkpoint") { Description = Terminal.T["由外部保管的检查点文件，日志要与它相符"], HelpName = "FILE" };
    private static readonly Option<FileInfo?> PublicKey = new("--public-key") { Description = Terminal.T["由外部保管的公钥（PEM）；不写则用本机的"], HelpName = "FILE" };
    private static readonly Option<bool> AsJson = new("--json") { Description = Terminal.T["结果写成 JSON"] };
    private static readonly Option<string> Reason = new("--reason") { Description = Terminal.T["为什么：例如恢复了哪一天的备份"], HelpName = "TEXT", Required = true };

    private static readonly Command Audit = Put();

    public static Command Create() => Audit;

    /// <summary>For scripts: 1 says that the log is not whole, so a mistyped call has to say something else.</summary>
    public static int ExitCode(ParseResult asked, int code) => asked.Errors.Count > 0 && asked.CommandResult.Parent is { } parent && (parent as System.CommandLine.Parsing.CommandResult)?.Command == Audit ? WrongUse : code;

    private static Command Put()
    {
        var verify = new Command("verify", Terminal.T["检查整个审计日志：有没有被改动、删除、插入或调换；服务运行时也可以"]) { Checkpoint, PublicKey, AsJson };
        verify.SetAction(VerifyAsync);
        var checkpoint = new Command("checkpoint", Terminal.T["签发检查点，写到标准输出，交给外部保管"]);
        checkpoint.SetAction((asked, cancellation) => Door.InScopeAsync(asked, CheckpointAsync, cancellation));
        var key = new Command("key", Terminal.T["写出验证检查点的公钥（PEM）"]);
        key.SetAction(PrintKey);
        var begin = new Command("begin", Terminal.T["恢复备份或丢失密钥之后，从现有的日志重新开始封存；这件事本身记入日志"]) { Reason };
        begin.SetAction((asked, cancellation) => Door.InScopeAsync(asked, (services, c) => BeginAsync(asked, services, c), cancellation, ownAuditKey: false));
        return new Command("audit", Terminal.T["审计日志：检查、签发检查点"]) { verify, checkpoint, key, begin };
    }

    private static async Task<int> VerifyAsync(ParseResult asked, CancellationToken cancellation)
    {
        if (!Door.IsThere(asked) || Question(asked) is not { } question)
        {
            return WrongUse;
        }

        return await Door.LookAsync(asked, async (services, c) =>
        {
            var start = Stopwatch.GetTimestamp();
            var report = await services.GetRequiredService<CheckAudit>().HandleAsync(question, c);
            var took = Stopwatch.GetElapsedTime(start);
            if (asked.GetValue(AsJson))
            {
                Console.WriteLine(JsonSerializer.Serialize(AuditReportJson.Of(report, took), AuditReportJson.Indented));
            }
            else
            {
                Say(report, took);
            }

            return report.IsWhole ? 0 : 1;
        }, cancellation);
    }

    /// <returns>Null where a file is not what it should be; said already.</returns>
    private static AuditQuestion? Question(ParseResult asked)
    {
        var (checkpoint, publicKey) = (asked.GetValue(Checkpoint), asked.GetValue(PublicKey));
        if (new[] { checkpoint, publicKey }.FirstOrDefault(f => f is { Exists: false }) is { } missing)
        {
            Terminal.Complain("没有文件 {0}。", missing.FullName);
            return null;
        }

        AuditCheckpoint? given = null;
        if (checkpoint is not null && (given = AuditCheckpoint.Read(File.ReadAllText(checkpoint.FullName))) is null)
        {
            Terminal.Complain("文件 {0} 不是完整的检查点。", checkpoint.FullName);
            return null;
        }

        try
        {
            return new AuditQuestion(given, publicKey is null ? null : PublicAuditKey.Read(File.ReadAllText(publicKey.FullName)));
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            Terminal.Complain("文件 {0} 不是公钥（PEM）。", publicKey!.FullName);
            return null;
        }
    }

    private static void Say(AuditReport report, TimeSpan took)
    {
        Terminal.Say("封存的记录 {0} 条，等待封存 {1} 条，相符的检查点 {2} 个，用时 {3:0.0} 秒。", report.Sealed, report.Unsealed, report.Checkpoints, took.TotalSeconds);
        foreach (var remark in report.Remarks)
        {
            Terminal.Complain("注意：{0}", Terminal.T[remark.Message, remark.Values]);
        }

        if (report.IsWhole)
        {
            Terminal.Say("审计日志完整：没有发现改动、删除、插入或调换。");
            return;
        }

        Terminal.Complain("审计日志不完整，发现 {0} 处问题。最先的一处：", report.FaultCount);
        foreach (var fault in report.Findings)
        {
            Terminal.Complain("{0}{1}", new Saying(Where(fault), fault.Sequence ?? 0, fault.EntryId ?? 0, fault.At ?? default, fault.Verb ?? ""), new Saying(fault.Message, fault.Values));
        }

        if (report.FaultCount > report.Findings.Count)
        {
            Terminal.Complain("还有 {0} 处没有列出。", report.FaultCount - report.Findings.Count);
        }
    }

    private static string Where(AuditFinding fault) => (fault.Sequence, fault.At) switch
    {
        ({ }, { }) => "第 {0} 条（记录 {1}，{2:yyyy-MM-dd HH:mm:ss zzz}，{3}）：",
        ({ }, null) => "第 {0} 条：",
        (null, { }) => "记录 {1}（{2:yyyy-MM-dd HH:mm:ss zzz}，{3}）：",
        _ => "",
    };

    private static async Task<int> CheckpointAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var made = await services.GetRequiredService<MakeCheckpoint>().HandleAsync(TimeSpan.Zero, cancellation);
        if (made is null)
        {
            Terminal.Complain("日志里还没有记录，没有什么可签发。");
            return 1;
        }

        Console.Write(made.ToFile());
        return 0;
    }

    private static int PrintKey(ParseResult asked)
    {
        if (new AuditKeys(Door.Folder(asked)).IfThere is not { } key)
        {
            Terminal.Complain("这里还没有审计日志的密钥；第一次写入时生成。");
            return 1;
        }

        Console.WriteLine(key.Public.Pem);
        return 0;
    }

    private static async Task<int> BeginAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellation)
    {
        var from = await services.GetRequiredService<BeginAudit>().HandleAsync(asked.GetRequiredValue(Reason), cancellation);
        Terminal.Say("已从第 {0} 条之后重新开始；之前的记录仍按链和检查点检查。", from);
        return 0;
    }
}

/// <summary>What a check found, for programs.</summary>
internal sealed record AuditReportJson(
    bool Ok, long Sealed, long Unsealed, int Checkpoints, DateTimeOffset? LastSealedAt, double Seconds, long Faults, IReadOnlyList<AuditReportJson.Finding> Findings, IReadOnlyList<string> Remarks)
{
    public static JsonSerializerOptions Indented { get; } = new(Json.Plain) { WriteIndented = true };

    public static AuditReportJson Of(AuditReport report, TimeSpan took) => new(
        report.IsWhole, report.Sealed, report.Unsealed, report.Checkpoints, report.LastSealedAt, Math.Round(took.TotalSeconds, 2), report.FaultCount,
        [.. report.Findings.Select(f => new Finding(f.Fault, f.Sequence, f.EntryId, f.At, f.Verb, Terminal.T[f.Message, f.Values]))],
        [.. report.Remarks.Select(r => Terminal.T[r.Message, r.Values])]);

    internal sealed record Finding(AuditFault Fault, long? Sequence, long? Entry, DateTimeOffset? At, string? Verb, string Text);
}
