using System.Data.Common;
using Linli.Database;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks.Wire;

/// <summary>Puts a statement without end in the place of the next one that reads, and says when it began and how it ended.</summary>
internal sealed class Endless : DbCommandInterceptor
{
    private readonly string _sql = TestStores.IsSqlite
        ? "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
        : "select count(*) from pg_sleep(3600)";

    private int _isArmed;
    private DbCommand? _running;

    public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True: called off. False: it broke.</summary>
    public TaskCompletionSource<bool> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void AddTo(IServiceCollection services)
    {
        services.ConfigureDbContext<SqliteLinliDb>(o => o.AddInterceptors(this));
        services.ConfigureDbContext<PostgresLinliDb>(o => o.AddInterceptors(this));
    }

    public void Arm() => _isArmed = 1;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isArmed, 0) == 1)
        {
            _running = command;
            command.CommandText = _sql;
            command.Parameters.Clear();
            Began.TrySetResult();
        }

        return ValueTask.FromResult(result);
    }

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default) => EndAsync(command, true);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default) => EndAsync(command, cancellationToken.IsCancellationRequested);

    private Task EndAsync(DbCommand command, bool isCalledOff)
    {
        if (command == _running)
        {
            Ended.TrySetResult(isCalledOff);
        }

        return Task.CompletedTask;
    }
}
