using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Linli.Database;

/// <summary>
/// Lets a cancelled call end its query on SQLite as it does on PostgreSQL: the driver looks at the token only before it begins,
/// so SQLite itself asks now and then whether anybody still waits, and whether the time of the command is over (until its first row is there;
/// whoever reads a million of them may take as long as they like).
/// </summary>
internal sealed class SqliteCancelling : DbCommandInterceptor, IDbConnectionInterceptor
{
    public static readonly SqliteCancelling Instance = new();
    private const int Instructions = 20_000; // a few times in a millisecond

    private readonly ConditionalWeakTable<DbConnection, Waiting> _waiting = [];

    public void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Watch(connection);

    public Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Watch(connection);
        return Task.CompletedTask;
    }

    /// <summary>The handle goes back to a pool, and whoever gets it next has another token.</summary>
    public InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Note(connection, default);
        return result;
    }

    public ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        Note(connection, default);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Note(command.Connection, cancellationToken, command.CommandTimeout);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Note(command.Connection, cancellationToken, command.CommandTimeout);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(command.Connection, cancellationToken, command.CommandTimeout);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Note(command.Connection, cancellationToken);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Note(command.Connection, cancellationToken);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Note(command.Connection, cancellationToken);
        return ValueTask.FromResult(result);
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Note(command.Connection, default);
        return Task.CompletedTask;
    }

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Note(command.Connection, default);
        return Task.CompletedTask;
    }

    private void Watch(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle })
        {
            raw.sqlite3_progress_handler(handle, Instructions, static state => ((Waiting)state).IsOver ? 1 : 0, _waiting.GetOrCreateValue(connection));
        }
    }

    /// <param name="seconds">0 for no limit.</param>
    private void Note(DbConnection? connection, CancellationToken token, int seconds = 0)
    {
        if (connection is not null && _waiting.TryGetValue(connection, out var waiting))
        {
            (waiting.Token, waiting.Until) = (token, seconds == 0 ? long.MaxValue : Environment.TickCount64 + (seconds * 1_000L));
        }
    }

    private sealed class Waiting
    {
        public CancellationToken Token { get; set; }

        public long Until { get; set; } = long.MaxValue;

        public bool IsOver => Token.IsCancellationRequested || Environment.TickCount64 > Until;
    }
}
