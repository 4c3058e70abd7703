using System.Globalization;
using Linli.Kernel;
using Microsoft.Data.Sqlite;

namespace Linli.Database.Watching;

/// <summary>Asks SQLite itself, on a connection that never writes, whether another one has committed. A few microseconds: nobody needs to share it.</summary>
internal sealed class SqliteWatch(string connectionString) : StoreWatches.IOwnedWatch
{
    private readonly Lock _one = new();
    private readonly AuditTail _tail = new();
    private SqliteConnection? _connection;
    private SqliteCommand? _version;
    private SqliteCommand? _entries;
    private long _committed;
    private StoreState? _last;
    private bool _isOver;

    public string Store => connectionString;

    public ValueTask<StoreState> NowAsync()
    {
        lock (_one)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            var committed = Number(_version ??= Open());
            if (_last is null || committed != _committed)
            {
                // Asked first: what is committed between the two is in what is read already, and looked for once more with the next call.
                _last = Read(_last);
                _committed = committed;
            }

            return ValueTask.FromResult(_last);
        }
    }

    public void Dispose()
    {
        lock (_one)
        {
            _isOver = true;
            _entries?.Dispose();
            _version?.Dispose();
            _connection?.Dispose();
        }
    }

    private static long Number(SqliteCommand command) => Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);

    private SqliteCommand Open()
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        SqliteSettings.Set(_connection);
        _entries = Command("select \"Id\", \"Changes\" from kernel_audit_entry where \"Id\" > @seen order by \"Id\"");
        _entries.Parameters.AddWithValue("@seen", 0L);
        return Command("pragma data_version");
    }

    private SqliteCommand Command(string text)
    {
        var command = _connection!.CreateCommand();
        command.CommandText = text;
        return command;
    }

    private StoreState Read(StoreState? last)
    {
        if (_tail.Seen is not { } seen)
        {
            using var top = Command(AuditTail.Top);
            _tail.Begin(Number(top));
            return AuditTail.State(last, isNews: true, Stamps());
        }

        _entries!.Parameters[0].Value = seen;
        var entries = new List<(long, string)>();
        using (var rows = _entries.ExecuteReader())
        {
            while (rows.Read())
            {
                entries.Add((rows.GetInt64(0), rows.GetString(1)));
            }
        }

        return entries.Count == 0 ? last! : AuditTail.State(last, _tail.Take(entries), Stamps());
    }

    private Dictionary<string, Guid> Stamps()
    {
        using var read = Command(AuditTail.Stamps);
        using var rows = read.ExecuteReader();
        var stamps = new Dictionary<string, Guid>();
        while (rows.Read())
        {
            stamps[rows.GetString(0)] = rows.GetGuid(1);
        }

        return stamps;
    }
}
