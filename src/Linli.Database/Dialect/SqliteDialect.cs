using Linli.Kernel;

namespace Linli.Database.Dialect;

/// <summary>One writer at a time: a transaction that writes holds the lock of the whole file.</summary>
internal sealed class SqliteDialect : IDialect
{
    public static readonly SqliteDialect Instance = new();

    public IQueryable<OutboxMessage> LockDue(LinliDb db, DateTimeOffset now, int count) =>
        db.Set<OutboxMessage>().Where(m => m.DoneAt == null && m.NextAt <= now).OrderBy(m => m.Id).Take(count);
}
