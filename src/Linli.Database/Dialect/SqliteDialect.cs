using Linli.Kernel;
using Linli.Kernel.Audit;

namespace Linli.Database.Dialect;

/// <summary>One writer at a time: a transaction that writes holds the lock of the whole file.</summary>
internal sealed class SqliteDialect : IDialect
{
    public static readonly SqliteDialect Instance = new();

    public IAuditTables Audit => SqliteAuditTables.Instance;

    public IQueryable<T> Lock<T>(IQueryable<T> rows) where T : class => rows;
}
