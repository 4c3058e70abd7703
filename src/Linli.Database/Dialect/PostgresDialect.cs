using System.Data.Common;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Linli.Database.Dialect;

internal sealed class PostgresDialect : IDialect
{
    public static readonly PostgresDialect Instance = new();
    private const string Mark = "lock, skip locked";

    public IQueryable<T> Lock<T>(IQueryable<T> rows) where T : class => rows.TagWith(Mark);

    /// <summary>EF cannot say it: adds the clause to queries that bear the mark.</summary>
    internal sealed class Locks : DbCommandInterceptor
    {
        public static readonly Locks Instance = new();

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            AddClause(command);
            return result;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            AddClause(command);
            return new(result);
        }

        private static void AddClause(DbCommand command)
        {
            if (command.CommandText.StartsWith("-- " + Mark, StringComparison.Ordinal))
            {
#pragma warning disable CA2100 // EF's own statement and a constant
                command.CommandText += " for update skip locked";
#pragma warning restore CA2100
            }
        }
    }
}
