using System.CommandLine;
using Linli.Kernel.Evidence;
using Linli.Shell.Evidence;

namespace Linli.Server.Verbs;

/// <summary>linli evidence check | move: whether every file is as it was taken in, and from the folder to S3 or back.</summary>
internal static class EvidenceVerb
{
    private const int Shown = 100;

    private static readonly Option<VaultKind> To = new("--to") { Description = Terminal.T["复制到哪里：folder 或 s3"], HelpName = "VAULT", Required = true };

    public static Command Create() => new("evidence", Terminal.T["佐证文件：核对，搬移"]) { Check(), Move() };

    private static Command Check()
    {
        var verb = new Command("check", Terminal.T["逐个核对：每个文件都在，内容没有变，没有多余的"]);
        verb.SetAction((asked, cancellation) => !Door.IsThere(asked) ? Task.FromResult(1) : Door.InScopeAsync(asked, async (services, token) =>
        {
            var found = await services.GetRequiredService<EvidenceCheck>().RunAsync(token);
            foreach (var flaw in found.Flaws.Take(Shown))
            {
                Terminal.Complain(Words(flaw.Flaw), flaw.Name, string.Join(", ", flaw.Ids));
            }

            Terminal.Say("核对了 {0} 个文件，共 {1} MB：{2} 处不对。", found.Files, found.Bytes / (1024 * 1024), found.Flaws.Count);
            return found.Flaws.Count == 0 ? 0 : 1;
        }, cancellation));
        return verb;
    }

    private static Command Move()
    {
        var verb = new Command("move", Terminal.T["把所有文件复制到另一个存放处；可以重复运行，只补缺少的"]) { To };
        verb.SetAction((asked, cancellation) => !Door.IsThere(asked) ? Task.FromResult(1) : Door.InScopeAsync(asked, async (services, token) =>
        {
            var vaults = services.GetRequiredService<EvidenceVaults>();
            if (!vaults.IsConfigured(VaultKind.S3))
            {
                Terminal.Complain("没有设置 S3。请先设置 Evidence:Bucket:Endpoint、Name、AccessKey 和 SecretKey（docs/operate/evidence.md）。");
                return 1;
            }

            var to = asked.GetValue(To);
            var moved = await services.GetRequiredService<EvidenceMove>()
                .RunAsync(vaults.Of(to == VaultKind.S3 ? VaultKind.Folder : VaultKind.S3), vaults.Of(to), cancellation: token);
            foreach (var name in moved.Damaged.Take(Shown))
            {
                Terminal.Complain(Words(EvidenceFlaw.Changed), name, "");
            }

            Terminal.Say("复制了 {0} 个，原来已有 {1} 个，损坏而没有复制 {2} 个。", moved.Copied, moved.ThereAlready, moved.Damaged.Count);
            return moved.Damaged.Count == 0 ? 0 : 1;
        }, cancellation));
        return verb;
    }

    private static string Words(EvidenceFlaw flaw) => flaw switch
    {
        EvidenceFlaw.Missing => "缺少：{0}（{1}）",
        EvidenceFlaw.Changed => "内容变了：{0} {1}",
        _ => "多余：{0} {1}",
    };
}
