using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Linli.Database;

/// <summary>
/// PostgreSQL refuses a statement whose text holds U+0000; SQLite does not. A mark in its place lets both answer alike: nothing has
/// such a code, number or name. What is kept is cleaned long before.
/// </summary>
internal sealed class PostgresTexts : DbCommandInterceptor
{
    public static readonly PostgresTexts Instance = new();

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Mark(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Mark(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Mark(command);
        return ValueTask.FromResult(result);
    }

    private static void Mark(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            if (parameter.Value is string text && text.Contains('\0', StringComparison.Ordinal))
            {
                parameter.Value = Marked(text);
            }
            else if (parameter.Value is IEnumerable<string> texts && texts.Any(t => t?.Contains('\0', StringComparison.Ordinal) == true))
            {
                parameter.Value = texts.Select(Marked).ToList();
            }
        }
    }

    private static string Marked(string text) => text?.Replace('\0', '\uFFFD')!;
}
