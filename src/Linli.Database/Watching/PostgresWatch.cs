using Linli.Kernel;
using Npgsql;

namespace Linli.Database.Watching;

/// <summary>
/// Asks PostgreSQL which transactions are visible: the same answer is the same store. One look at a time; all who come while it is under way
/// share the next, since theirs has to begin after they came.
/// </summary>
internal sealed class PostgresWatch(string connectionString) : IStoreWatch
{
    private readonly Lock _one = new();
    private Task<StoreState>? _underWay;
    private Task<StoreState>? _next;
    private StoreState? _last;

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
        await using var ask = new NpgsqlCommand("select pg_current_snapshot()::text", connection);
        await ask.PrepareAsync();
        var version = (string)(await ask.ExecuteScalarAsync())!;
        if (_last is { } last && last.Version == version)
        {
            return last;
        }

        await using var read = new NpgsqlCommand(StoreWatches.Stamps, connection);
        await using var rows = await read.ExecuteReaderAsync();
        var stamps = new Dictionary<string, Guid>();
        while (await rows.ReadAsync())
        {
            stamps[rows.GetString(0)] = rows.GetGuid(1);
        }

        return _last = new StoreState(version, stamps);
    }
}
