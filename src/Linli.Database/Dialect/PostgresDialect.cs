using System.Data.Common;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Linli.Database.Dialect;

internal sealed class PostgresDialect : IDialect
{
    public static readonly PostgresDialect Instance = new();
    private const string Mark = "lock, skip locked";

    /// <summary>The tables that hold or held what people wrote.</summary>
    private static readonly string[] Personal = ["requests_reporter_contact", "requests_original", "requests_service_request", "requests_event", "requests_task", "requests_time_request"];

    public IAuditTables Audit => PostgresAuditTables.Instance;

    public IQueryable<T> Lock<T>(IQueryable<T> rows) where T : class => rows.TagWith(Mark);

    /// <summary>Row versions that nobody sees any more; <c>full</c> writes the tables anew and locks each while it does.</summary>
    public async Task ForgetAsync(DatabaseFacade database, bool isThorough, CancellationToken cancellation)
    {
        foreach (var table in Personal)
        {
            // The names are constants: a table cannot be a parameter.
            var statement = $"vacuum {(isThorough ? "(full)" : "")} {table}";
            await database.ExecuteSqlRawAsync(statement, cancellation);
        }
    }

    /// <summary>EF cannot say it: adds the clause to queries that bear the mark.</summary>
    internal sealed class Locks : ReaderRewriter
    {
        public static readonly Locks Instance = new();

        protected override void Rewrite(DbCommand command)
        {
            if (command.CommandText.StartsWith("-- " + Mark, StringComparison.Ordinal))
            {
#pragma warning disable CA2100 // EF's own statement and a constant
                command.CommandText += " for update skip locked";
#pragma warning restore CA2100
            }
        }
    }
}
