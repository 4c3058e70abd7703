using System.Data.Common;
using Linli.Database.Dialect;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Linli.Database;

/// <summary>
/// PostgreSQL refuses a statement whose text holds U+0000; SQLite does not. A mark in its place lets both answer alike: nothing has
/// such a code, number or name. What is kept is cleaned long before.
/// </summary>
internal sealed class PostgresTexts : ReaderRewriter
{
    public static readonly PostgresTexts Instance = new();

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Rewrite(command);
        return ValueTask.FromResult(result);
    }

    protected override void Rewrite(DbCommand command)
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

    /// <summary>The same for a value that passes no statement.</summary>
    public static object Kept(object value) => value is string text && text.Contains('\0', StringComparison.Ordinal) ? Marked(text) : value;

    private static string Marked(string text) => text?.Replace('\0', '\uFFFD')!;
}
