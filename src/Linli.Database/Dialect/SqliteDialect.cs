using Linli.Kernel;
using Linli.Kernel.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Linli.Database.Dialect;

/// <summary>One writer at a time: a transaction that writes holds the lock of the whole file.</summary>
internal sealed class SqliteDialect : IDialect
{
    public static readonly SqliteDialect Instance = new();

    public IAuditTables Audit => SqliteAuditTables.Instance;

    public IQueryable<T> Lock<T>(IQueryable<T> rows) where T : class => rows;

    /// <summary>Deleted cells are zeroed by <c>secure_delete</c> (see SqliteSettings); the log keeps old pages until it is cut.</summary>
    public async Task ForgetAsync(DatabaseFacade database, bool isThorough, CancellationToken cancellation)
    {
        if (isThorough)
        {
            await database.ExecuteSqlRawAsync("vacuum", cancellation);
        }

        await database.ExecuteSqlRawAsync("pragma wal_checkpoint(truncate)", cancellation);
    }
}
