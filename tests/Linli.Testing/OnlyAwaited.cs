using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Linli.Testing;

/// <summary>
/// Lets no reading statement block a thread: two hundred callers that each hold a thread while they wait for a connection leave none for those who
/// would give theirs back. (EF itself creates a new SQLite file with a statement that blocks; it does not read.)
/// </summary>
internal sealed class OnlyAwaited : DbCommandInterceptor
{
    public static OnlyAwaited Instance { get; } = new();

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => throw Blocked(command);

    private static InvalidOperationException Blocked(DbCommand command) => new($"A statement blocks its thread; await it (ToListAsync, SaveChangesAsync …): {command.CommandText}");
}
