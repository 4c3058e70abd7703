using Linli.Database;
using Linli.Kernel;

namespace Linli.Server;

/// <summary>
/// Where configuration comes from, weakest first: appsettings.json, settings.json in the data folder,
/// environment (LINLI__DATABASE__PROVIDER), command line.
/// </summary>
internal static class Settings
{
    public const string EnvironmentPrefix = "LINLI__";

    public static void AddLinliSettings(this IConfigurationBuilder configuration, DataFolder data)
    {
        configuration.AddJsonFile(data.Settings, optional: true, reloadOnChange: false);
        configuration.AddEnvironmentVariables(EnvironmentPrefix);
    }

    /// <summary>The folder asked for, or LINLI__DATA, or the user's own place for application data (~/.local/share/linli).</summary>
    public static DataFolder DataFolder(string? asked)
    {
        asked ??= Environment.GetEnvironmentVariable(EnvironmentPrefix + "DATA");
        if (string.IsNullOrWhiteSpace(asked))
        {
            var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            asked = own.Length > 0
                ? Path.Combine(own, "linli")
                : throw new StartRefusedException("这个系统用户没有主目录。请用 --data 指定数据目录。");
        }

        var path = Path.GetFullPath(asked);
        try
        {
            Directory.CreateDirectory(path);
            PrivateFiles.CloseFolder(path);
            using var probe = new FileStream(Path.Combine(path, $".{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException("不能在数据目录 {0} 里写：{1}。请换一个目录，或让运行邻里的用户可以写它。", path, refused.Message);
        }

        return new DataFolder(path);
    }

    public static Store Store(IConfiguration configuration, DataFolder data)
    {
        var provider = configuration["Database:Provider"] ?? Database.Store.Sqlite;
        var connection = configuration["Database:Connection"];
        if (provider is Database.Store.Sqlite or Database.Store.Postgres)
        {
            StartTrouble.CheckConnection(provider, connection ?? "");
        }

        return provider switch
        {
            Database.Store.Sqlite => string.IsNullOrEmpty(connection) ? Database.Store.OfFile(data.Database) : new Store(provider, connection),
            Database.Store.Postgres => new Store(provider, string.IsNullOrEmpty(connection)
                ? throw new StartRefusedException("数据库设为 postgres，但没有连接字符串。请设置 LINLI__DATABASE__CONNECTION，例如 Host=…;Database=linli;Username=linli;Search Path=huguan。")
                : SecureConnection.Of(connection)),
            _ => throw new StartRefusedException("不认识数据库类型“{0}”。请把 Database:Provider 设为 sqlite 或 postgres。", provider),
        };
    }
}
