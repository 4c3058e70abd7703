using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Database.Dialect;

internal sealed class PostgresDialect : IDialect
{
    public static readonly PostgresDialect Instance = new();

    public IQueryable<OutboxMessage> LockDue(LinliDb db, DateTimeOffset now, int count) =>
        db.Set<OutboxMessage>().FromSql(
            $"""
            select * from kernel_outbox_message where "DoneAt" is null and "NextAt" <= {now.ToUniversalTime()}
            order by "Id" limit {count} for update skip locked
            """);
}
