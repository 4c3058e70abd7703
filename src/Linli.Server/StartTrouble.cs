using System.Data.Common;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Linli.Server;

/// <summary>What an operator can do something about, told apart from mistakes of the program: one sentence instead of a stack trace.</summary>
internal static class StartTrouble
{
    /// <returns>Null when it is nothing that is known.</returns>
    public static StartRefusedException? Of(Exception failure) => failure as StartRefusedException
        ?? Chain(failure).Select(OfOne).FirstOrDefault(known => known is not null);

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var one = failure; one is not null; one = one.InnerException)
        {
            yield return one;
        }
    }

    private static StartRefusedException? OfOne(Exception failure) => failure switch
    {
        AddressInUseException => new("监听地址已被别的程序占用。请停止那个程序，或用 --urls 换一个端口。"),
        PostgresException refused when !IsAboutTheWayIn(refused.SqlState) => null,
        PostgresException refused => new("PostgreSQL 拒绝了连接或操作：{0}。请检查 LINLI__DATABASE__CONNECTION 里的用户名、密码、数据库和权限。", $"{refused.SqlState} {refused.MessageText}"),
        NpgsqlException silent => new("PostgreSQL 没有应答：{0}。请确认它正在运行，并检查 LINLI__DATABASE__CONNECTION 里的 Host 和 Port。", Innermost(silent)),
        SqliteException broken => OfSqlite(broken),
        InvalidDataException { InnerException: { } wrong } file when file.Message.Contains(".json", StringComparison.Ordinal) =>
            new("看不懂设置文件：{0} {1}。请改正它的 JSON。", file.Message, Innermost(wrong)),
        InvalidOperationException { InnerException: FormatException or ArgumentException } setting when setting.Message.Contains("configuration value", StringComparison.Ordinal) =>
            new("有一项设置的值不对：{0} 请在 settings.json 或环境变量里改正它（docs/operate/configure.md）。", setting.Message),
        OptionsValidationException wrong => new("有一项设置的值不对：{0} 请在 settings.json 或环境变量里改正它（docs/operate/configure.md）。", wrong.Message),
        InvalidOperationException setting when setting.Message.StartsWith("Configuration value ", StringComparison.Ordinal) =>
            new("有一项设置的值不对：{0} 请在 settings.json 或环境变量里改正它（docs/operate/configure.md）。", setting.Message),
        UnauthorizedAccessException or IOException and not (FileNotFoundException or DirectoryNotFoundException) when failure.StackTrace?.Contains("System.IO.", StringComparison.Ordinal) == true =>
            new("不能读写文件：{0} 请让运行邻里的用户可以写数据目录，并检查磁盘是否已满。", failure.Message),
        _ => null,
    };

    /// <summary>Wrong user or password (28), no such database, no right, too many connections, still starting.</summary>
    private static bool IsAboutTheWayIn(string state) => state.StartsWith("28", StringComparison.Ordinal) || state is "3D000" or "42501" or "53300" or "57P03";

    private static StartRefusedException? OfSqlite(SqliteException broken) => broken.SqliteErrorCode switch
    {
        8 or 14 => new("不能打开或写入 SQLite 数据库（{0}）。请让运行邻里的用户可以写数据目录和其中的 linli.db。", broken.Message),
        11 or 26 => new("数据目录里的 linli.db 不是完好的数据库（{0}）。请恢复备份（docs/operate/backup.md）。", broken.Message),
        13 => new("磁盘已满，数据库不能写入（{0}）。", broken.Message),
        _ => null,
    };

    private static string Innermost(Exception failure) => Chain(failure).Last().Message;

    /// <summary>A connection string that neither engine can read; said before anything uses it.</summary>
    public static void CheckConnection(string provider, string connection)
    {
        try
        {
            DbConnectionStringBuilder _ = provider == Database.Store.Sqlite ? new SqliteConnectionStringBuilder(connection) : new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            // Never the string itself: it may hold a password.
            throw new StartRefusedException("看不懂数据库的连接字符串：{0} 请改正 LINLI__DATABASE__CONNECTION。", wrong.Message);
        }
    }
}
