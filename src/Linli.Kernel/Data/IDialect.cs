namespace Linli.Kernel;

/// <summary>What the two engines write differently. The only place for SQL strings is its implementations.</summary>
public interface IDialect
{
    /// <summary>
    /// Undone messages that are due, oldest first, locked until the end of the transaction that the caller has begun;
    /// those that another instance has locked are passed over.
    /// </summary>
    IQueryable<OutboxMessage> LockDue(LinliDb db, DateTimeOffset now, int count);
}
