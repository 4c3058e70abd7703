using System.Globalization;
using Linli.Kernel;
using Npgsql;

namespace Linli.Database.Watching;

/// <summary>
/// Asks PostgreSQL which transactions are visible: the same answer is the same store. One look at a time; all who come while it is under way
/// share the next, since theirs has to begin after they came.
/// </summary>
internal sealed class PostgresWatch(string connectionString) : StoreWatches.IOwnedWatch
{
    private const int AtOnce = 500;   // a parameter would be a guess to the plan

    /// <summary>
    /// In two halves: joined by "or" it would read the whole log. And not more than so many at once: without an end the plan that PostgreSQL keeps
    /// takes a third of the log for new.
    /// </summary>
    private const string Entries = """
        (select "Id", "Changes" from kernel_audit_entry where "Id" > @seen order by "Id" limit 500)
        union all
        select "Id", "Changes" from kernel_audit_entry where "Id" = any(@missing)
        order by 1
        """;

    private readonly Lock _one = new();
    private Task<StoreState>? _underWay;
    private Task<StoreState>? _next;
    private readonly SemaphoreSlim _tailIsFree = new(1);
    private readonly AuditTail _tail = new();
    private volatile Seen? _seen;

    public string Store => connectionString;

    public ValueTask<StoreState> NowAsync()
    {
        lock (_one)
        {
            if (_underWay is null or { IsCompleted: true })
            {
                return new(_underWay = LookAsync());
            }

            return new(_next ??= AfterAsync(_underWay));
        }
    }

    public void Dispose() => _tailIsFree.Dispose();

    private async Task<StoreState> AfterAsync(Task<StoreState> before)
    {
        await ((Task)before).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        Task<StoreState> own;
        lock (_one)
        {
            (_underWay, _next) = (own = LookAsync(), null);
        }

        return await own;
    }

    private async Task<StoreState> LookAsync()
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var snapshot = (string)(await ScalarAsync(connection, "select pg_current_snapshot()::text"))!;
        if (_seen is { } seen && seen.Snapshot == snapshot)
        {
            return seen.State;
        }

        // Looks may overtake each other when a connection was slow; each is true, and the tail is one.
        await _tailIsFree.WaitAsync();
        try
        {
            return (_seen = new Seen(snapshot, await ReadAsync(connection, snapshot, _seen?.State))).State;
        }
        finally
        {
            _tailIsFree.Release();
        }
    }

    private async Task<StoreState> ReadAsync(NpgsqlConnection connection, string snapshot, StoreState? last)
    {
        if (_tail.Seen is null)
        {
            _tail.Begin((long)(await ScalarAsync(connection, AuditTail.Top))!);
            return AuditTail.State(last, isNews: true, await StampsAsync(connection));
        }

        // As text it is "oldest:next:those under way".
        var (oldest, next) = snapshot.Split(':') is [var first, var second, ..] ? (ulong.Parse(first, CultureInfo.InvariantCulture), ulong.Parse(second, CultureInfo.InvariantCulture)) : (0, ulong.MaxValue);
        var (isAny, isNews, isEnd) = (false, false, false);
        while (!isEnd)
        {
            var entries = await EntriesAsync(connection, _tail.Seen!.Value);
            isEnd = entries.Count < AtOnce;
            isAny |= entries.Count > 0;
            isNews |= _tail.Take(entries, oldest, next);
        }

        return isAny ? AuditTail.State(last, isNews, isNews ? await StampsAsync(connection) : last!.Stamps) : last!;
    }

    private async Task<List<(long, string)>> EntriesAsync(NpgsqlConnection connection, long seen)
    {
        await using var ask = new NpgsqlCommand(Entries, connection);
        ask.Parameters.AddWithValue("seen", seen);
        ask.Parameters.AddWithValue("missing", _tail.Missing);
        await ask.PrepareAsync();
        var entries = new List<(long, string)>();
        await using var rows = await ask.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            entries.Add((rows.GetInt64(0), rows.GetString(1)));
        }

        return entries;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string question)
    {
        await using var ask = new NpgsqlCommand(question, connection);
        await ask.PrepareAsync();
        return await ask.ExecuteScalarAsync();
    }

    private static async Task<Dictionary<string, Guid>> StampsAsync(NpgsqlConnection connection)
    {
        await using var read = new NpgsqlCommand(AuditTail.Stamps, connection);
        await read.PrepareAsync();
        await using var rows = await read.ExecuteReaderAsync();
        var stamps = new Dictionary<string, Guid>();
        while (await rows.ReadAsync())
        {
            stamps[rows.GetString(0)] = rows.GetGuid(1);
        }

        return stamps;
    }

    private sealed record Seen(string Snapshot, StoreState State);
}
