using System.CommandLine;
using System.Globalization;
using Linli.Database.Dialect;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Server.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Verbs;

/// <summary>linli keys list | status | rotate | retire: the keys that seal personal data.</summary>
internal static class KeysVerb
{
    public static Command Create() => new("keys", Terminal.T["加密个人信息的密钥：列出、轮换、停用"]) { List("list", "列出密钥"), List("status", "列出密钥，以及各加密了多少内容"), Rotate(), Retire() };

    private static Command List(string name, string help)
    {
        var verb = new Command(name, Terminal.T[help]);
        verb.SetAction((asked, cancellation) => Door.IsThere(asked) ? Door.InScopeAsync(asked, (scope, token) => ShowAsync(scope, name == "status", token), cancellation) : Task.FromResult(1));
        return verb;
    }

    private static Command Rotate()
    {
        var later = new Option<int>("--in-minutes") { Description = Terminal.T["多少分钟后启用新密钥；多个实例不共用目录时，先把文件复制过去"], HelpName = "N" };
        var wait = new Option<bool>("--now") { Description = Terminal.T["马上用新密钥重新加密全部内容，并等它完成"] };
        var verb = new Command("rotate", Terminal.T["生成新密钥；旧内容由正在运行的邻里陆续重新加密"]) { later, wait };
        verb.SetAction((asked, cancellation) =>
        {
            if (asked.GetValue(later) < 0)
            {
                Terminal.Complain("--in-minutes 要是 0 或更大的数：新密钥不能从过去开始使用。没有生成密钥。");
                return Task.FromResult(2);
            }

            return Door.IsThere(asked)
                ? Door.InScopeAsync(asked, (scope, token) => RotateAsync(scope, asked.GetValue(later), asked.GetValue(wait), token), cancellation)
                : Task.FromResult(1);
        });
        return verb;
    }

    private static Command Retire()
    {
        var id = new Argument<string>("ID") { Description = Terminal.T["密钥的代号，见 linli keys list"] };
        var verb = new Command("retire", Terminal.T["停用不再使用的旧密钥；文件改名保留，供恢复旧备份"]) { id };
        verb.SetAction((asked, cancellation) => Door.IsThere(asked) ? Door.InScopeAsync(asked, (scope, token) => RetireAsync(scope, asked.GetRequiredValue(id), token), cancellation) : Task.FromResult(1));
        return verb;
    }

    private static async Task<int> ShowAsync(IServiceProvider scope, bool withCounts, CancellationToken cancellation)
    {
        var ring = scope.GetRequiredService<KeyRing>();
        var current = ring.Current.Id;
        var counts = withCounts ? await scope.GetRequiredService<SealedCells>().CountAsync(cancellation) : null;
        Terminal.Say("密钥目录：{0}", ring.Folder);
        foreach (var key in await scope.GetRequiredService<LinliDb>().Set<KnownKey>().AsNoTracking().OrderBy(k => k.CreatedAt).ToListAsync(cancellation))
        {
            var state = key.RetiredAt is not null ? Terminal.T["已停止使用"] : key.Use == KeyUse.Index ? Terminal.T["查号用"] : key.Id == current ? Terminal.T["加密用"] : Terminal.T["只解密"];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key.Id}  {key.CreatedAt:yyyy-MM-dd HH:mm}Z  {state}  {counts?.GetValueOrDefault(key.Id)}").TrimEnd());
        }

        return 0;
    }

    private static async Task<int> RotateAsync(IServiceProvider scope, int minutes, bool isNow, CancellationToken cancellation)
    {
        var ring = scope.GetRequiredService<KeyRing>();
        var added = ring.Add(minutes > 0 ? scope.GetRequiredService<TimeProvider>().GetUtcNow().AddMinutes(minutes) : null);
        await scope.GetRequiredService<KeyCheck>().EnsureAsync(cancellation);
        Terminal.Say("新密钥 {0} 已生成，在 {1}。请马上备份密钥目录。", added.Id, ring.Folder);
        if (isNow)
        {
            Terminal.Say("重新加密了 {0} 处内容。", await scope.GetRequiredService<ResealStore>().RunAsync(cancellation));
        }

        return 0;
    }

    private static async Task<int> RetireAsync(IServiceProvider scope, string id, CancellationToken cancellation)
    {
        var db = scope.GetRequiredService<LinliDb>();
        var ring = scope.GetRequiredService<KeyRing>();
        var known = await db.Set<KnownKey>().SingleOrDefaultAsync(k => k.Id == id && k.Use == KeyUse.Seal && k.RetiredAt == null, cancellation);
        if (known is null || ring.Current.Id == id)
        {
            Terminal.Complain("没有代号为 {0} 的旧密钥，或者它正在使用。请看 linli keys list。", id);
            return 1;
        }

        if ((await scope.GetRequiredService<SealedCells>().CountAsync(cancellation)).GetValueOrDefault(id) is > 0 and var left)
        {
            Terminal.Complain("还有 {1} 处内容用密钥 {0} 加密，不能停用。请等重新加密完成，或运行 linli keys rotate --now。", id, left);
            return 1;
        }

        known.RetiredAt = scope.GetRequiredService<TimeProvider>().GetUtcNow();
        await db.CommitAsync(Act.BySystem("privacy.retire-key", known.RetiredAt.Value, id), cancellation);
        ring.Retire(id);
        Terminal.Say("密钥 {0} 已停用，文件改名保留。", id);
        return 0;
    }
}
