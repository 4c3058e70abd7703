using Linli.Kernel.Audit;

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
}
