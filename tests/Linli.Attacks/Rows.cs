using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Attacks;

/// <summary>What a store holds, as far as an attack could have changed it.</summary>
internal static class Rows
{
    /// <summary>Rows of every table, except of the log: that somebody looked is written down, and is no change.</summary>
    public static Task<string> RowsAsync(this Town town) => town.ReadAsync(async db =>
    {
        var counts = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Where(t => !t.Contains("audit", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal))
        {
            var sql = $"select count(*) as \"Value\" from \"{table}\"";
            counts.Add($"{table} {await db.Database.SqlQueryRaw<long>(sql).SingleAsync()}");
        }

        return string.Join('\n', counts);
    });
}
