using System.Globalization;
using Linli.Requests;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Linli.Attacks;

/// <summary>What a store holds, as far as an attack could have changed it.</summary>
internal static class Rows
{
    /// <summary>That somebody called is written down in these: the log, sign-ins, wrong guesses.</summary>
    private static readonly string[] OfCalling = ["shell_session", "shell_account_device", "shell_try_counter", "kernel_change_stamp"];

    private static readonly string[] CellsOfCalling = ["LastSignInAt", "ConcurrencyStamp", "SecurityStamp"];

    /// <summary>Rows of every table, except of the log: that somebody looked is written down, and is no change.</summary>
    public static Task<string> RowsAsync(this Town town) => town.ReadAsync(async db =>
    {
        var counts = new List<string>();
        foreach (var (table, _) in Tables(db.Model))
        {
            var sql = $"select count(*) as \"Value\" from \"{table}\"";
            counts.Add($"{table} {await db.Database.SqlQueryRaw<long>(sql).SingleAsync()}");
        }

        return string.Join('\n', counts);
    });

    /// <summary>Every row with everything that it says, by table and key; without what is written of each call.</summary>
    /// <param name="town">Whose store.</param>
    /// <param name="ofRequests">Requests and what hangs on them alone.</param>
    public static Task<IReadOnlyDictionary<string, string>> ContentAsync(this Town town, bool ofRequests = false) => town.ReadAsync(async db =>
    {
        var content = new Dictionary<string, string>(StringComparer.Ordinal);
        await db.Database.OpenConnectionAsync();
        foreach (var (table, keys) in Tables(db.Model, ofRequests).Where(t => !OfCalling.Contains(t.Table)))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"select * from \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var cells = Enumerable.Range(0, reader.FieldCount).Select(i => (Name: reader.GetName(i), Text: Text(reader.GetValue(i)))).ToList();
                content[$"{table} {string.Join(' ', cells.Where(c => keys.Contains(c.Name)).Select(c => c.Text))}"] = string.Join(" | ", cells.Where(c => !CellsOfCalling.Contains(c.Name)).Select(c => $"{c.Name}={c.Text}"));
            }
        }

        return (IReadOnlyDictionary<string, string>)content;
    });

    /// <summary>What was added, changed and removed between two looks.</summary>
    public static IReadOnlyList<string> ChangesTo(this IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
    [
        .. after.Where(row => !before.ContainsKey(row.Key)).Select(row => $"added {row.Key}: {row.Value}"),
        .. before.Where(row => !after.ContainsKey(row.Key)).Select(row => $"removed {row.Key}: {row.Value}"),
        .. before.Where(row => after.TryGetValue(row.Key, out var now) && now != row.Value).Select(row => $"changed {row.Key}: {row.Value}\n     to {after[row.Key]}"),
    ];

    private static IEnumerable<(string Table, IReadOnlyList<string> Keys)> Tables(IModel model, bool ofRequests = false) => model.GetEntityTypes()
        .Where(t => !ofRequests || t.ClrType == typeof(ServiceRequest) || t.FindProperty("RequestId") is not null)
        .Where(t => t.GetTableName() is { } name && !name.Contains("audit", StringComparison.Ordinal)).GroupBy(t => t.GetTableName()!).OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => (g.Key, (IReadOnlyList<string>)[.. g.First().FindPrimaryKey()!.Properties.Select(p => p.GetColumnName())]));

    private static string Text(object value) => value is byte[] bytes ? Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 64))) + bytes.Length : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
