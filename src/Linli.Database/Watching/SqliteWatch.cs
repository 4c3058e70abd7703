using System.Globalization;
using Linli.Kernel;
using Microsoft.Data.Sqlite;

namespace Linli.Database.Watching;

/// <summary>Asks SQLite itself, on a connection that never writes, whether another one has committed. A few microseconds: nobody needs to share it.</summary>
internal sealed class SqliteWatch(string connectionString) : IStoreWatch
{
    private readonly Lock _one = new();
    private SqliteConnection? _connection;
    private SqliteCommand? _version;
    private StoreState? _last;
    private bool _isOver;

    public string Store => connectionString;

    public ValueTask<StoreState> NowAsync()
    {
        lock (_one)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            var version = Convert.ToInt64((_version ??= Open()).ExecuteScalar(), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
            // Asked first: what is committed between the two is in the stamps already, and looked for once more with the next call.
            return ValueTask.FromResult(_last?.Version == version ? _last : _last = new StoreState(version, Stamps()));
        }
    }

    /// <summary>Not disposable: a scope that hands it out would do it.</summary>
    public void Close()
    {
        lock (_one)
        {
            _isOver = true;
            _version?.Dispose();
            _connection?.Dispose();
        }
    }

    private SqliteCommand Open()
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        SqliteSettings.Set(_connection);
        var version = _connection.CreateCommand();
        version.CommandText = "pragma data_version";
        return version;
    }

    private Dictionary<string, Guid> Stamps()
    {
        using var read = _connection!.CreateCommand();
        read.CommandText = StoreWatches.Stamps;
        using var rows = read.ExecuteReader();
        var stamps = new Dictionary<string, Guid>();
        while (rows.Read())
        {
            stamps[rows.GetString(0)] = rows.GetGuid(1);
        }

        return stamps;
    }
}
