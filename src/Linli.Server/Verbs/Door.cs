using System.CommandLine;
using Linli.Database;
using Linli.Kernel;

namespace Linli.Server.Verbs;

/// <summary>What every verb of the command line shares: the data folder, the product put together, and its words.</summary>
internal static class Door
{
    public static Option<string?> Data { get; } = new("--data")
    {
        Description = Terminal.T["数据目录：数据库、佐证文件、密钥和设置都在其中"], HelpName = "FOLDER", Recursive = true,
    };

    public static DataFolder Folder(ParseResult asked) => Settings.DataFolder(asked.GetValue(Data));

    /// <summary>Only serve, demo and migrate found a store; what works on one does not make an empty one of a mistyped folder.</summary>
    public static bool IsThere(ParseResult asked)
    {
        if (asked.GetValue(Data) is not { } path || Directory.Exists(path))
        {
            return true;
        }

        Terminal.Complain("没有数据目录 {0}。请检查 --data；要在那里新建，先运行 linli migrate。", path);
        return false;
    }

    /// <summary>Runs one piece of work on a store that is ready, in a scope of its own, without serving anything.</summary>
    /// <param name="ownAuditKey">Refuse to begin without the key that the audit log was sealed with.</param>
    public static async Task<int> InScopeAsync(ParseResult asked, Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellation, bool ownAuditKey = true)
    {
        await using var app = LinliHost.Build(Folder(asked), builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await Readiness.EnsureAsync(app.Services, cancellation, ownAuditKey);
        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider, cancellation);
    }

    /// <summary>Reads a store as it is: nothing is upgraded, made or asked for, not even keys.</summary>
    public static async Task<int> LookAsync(ParseResult asked, Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellation)
    {
        await using var app = LinliHost.Build(Folder(asked), builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Schema>().RequireCurrentAsync(cancellation);
        return await work(scope.ServiceProvider, cancellation);
    }
}
