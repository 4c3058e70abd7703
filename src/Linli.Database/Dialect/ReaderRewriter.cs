using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Linli.Database.Dialect;

/// <summary>Changes statements that read, just before they go to the database: what EF cannot say itself.</summary>
internal abstract class ReaderRewriter : DbCommandInterceptor
{
    protected abstract void Rewrite(DbCommand command);

    public sealed override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Rewrite(command);
        return result;
    }

    public sealed override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Rewrite(command);
        return ValueTask.FromResult(result);
    }
}
