using Linli.Kernel.Audit;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Linli.Kernel;

/// <summary>What the two engines write differently. The only place for SQL strings is its implementations.</summary>
public interface IDialect
{
    /// <summary>
    /// The rows of one table that nobody else has locked, locked until the end of the transaction that the caller has begun;
    /// those that another instance has locked are passed over, so nobody waits.
    /// </summary>
    IQueryable<T> Lock<T>(IQueryable<T> rows) where T : class;

    /// <summary>The tables of the audit log, read and filled without EF.</summary>
    IAuditTables Audit { get; }

    /// <summary>Lets nothing of what was overwritten or deleted stay in the store's files. Outside any transaction.</summary>
    /// <param name="database">The session's.</param>
    /// <param name="isThorough">Also of what was deleted before deleting meant overwriting; rewrites the store, which takes its time.</param>
    /// <param name="cancellation">Stops between statements.</param>
    Task ForgetAsync(DatabaseFacade database, bool isThorough, CancellationToken cancellation);
}
