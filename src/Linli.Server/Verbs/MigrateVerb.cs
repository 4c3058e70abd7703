using System.CommandLine;
using Linli.Database;

namespace Linli.Server.Verbs;

/// <summary>linli migrate: brings the tables up to date, then ends.</summary>
internal static class MigrateVerb
{
    public static Command Create()
    {
        var verb = new Command("migrate", Terminal.T["升级数据库结构（PostgreSQL 在新版本启动前运行一次）"]);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult asked, CancellationToken cancellation)
    {
        await using var app = LinliHost.Build(Door.Folder(asked), builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await using var scope = app.Services.CreateAsyncScope();
        var schema = scope.ServiceProvider.GetRequiredService<Schema>();
        var missing = (await schema.LookAsync(cancellation)).Missing;
        var copy = await Readiness.UpgradeAsync(scope.ServiceProvider, cancellation);
        Terminal.Say(missing.Count == 0 ? "数据库结构已是最新。" : "完成 {0} 次升级。", missing.Count);
        if (copy is not null)
        {
            Terminal.Say("升级前的副本：{0}", copy);
        }

        return 0;
    }
}
