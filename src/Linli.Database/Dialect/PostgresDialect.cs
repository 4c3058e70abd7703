using System.Data.Common;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Microsoft.EntityFrameworkCore;

namespace Linli.Database.Dialect;

internal sealed class PostgresDialect : IDialect
{
    public static readonly PostgresDialect Instance = new();
    private const string Mark = "lock, skip locked";

    public IAuditTables Audit => PostgresAuditTables.Instance;

    public IQueryable<T> Lock<T>(IQueryable<T> rows) where T : class => rows.TagWith(Mark);

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
