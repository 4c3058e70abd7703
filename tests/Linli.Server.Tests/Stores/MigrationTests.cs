using Linli.Database;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Stores;

public sealed class MigrationTests
{
    private const string Advice = "The model has changed. Run `dotnet dev.cs migration NAME` (before the first release: `dotnet dev.cs migration --renew`).";

    private static readonly IReadOnlyList<IModelPart> Model = [new KernelModel(), .. Modules.All.Select(m => m.Model)];

    [Fact]
    public void The_migrations_of_both_databases_are_up_to_date()
    {
        using var sqlite = new SqliteLinliDb(new DbContextOptionsBuilder<SqliteLinliDb>().UseSqlite("Data Source=:memory:").Options, Model);
        using var postgres = new PostgresLinliDb(new DbContextOptionsBuilder<PostgresLinliDb>().UseNpgsql("Host=none").Options, Model);

        Assert.False(sqlite.Database.HasPendingModelChanges(), Advice);
        Assert.False(postgres.Database.HasPendingModelChanges(), Advice);
        Assert.Equal(Names(sqlite), Names(postgres));
    }

    [Fact]
    public void Every_table_carries_the_prefix_of_its_module()
    {
        using var db = new SqliteLinliDb(new DbContextOptionsBuilder<SqliteLinliDb>().UseSqlite("Data Source=:memory:").Options, Model);
        string[] prefixes = ["kernel_", .. Modules.All.Select(m => $"{m.Name}_")];

        var other = db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Where(t => !prefixes.Any(p => t.StartsWith(p, StringComparison.Ordinal)));

        Assert.Empty(other);
    }

    [Fact]
    public void Foreign_keys_stay_inside_their_module_or_point_at_the_kernel()
    {
        using var db = new SqliteLinliDb(new DbContextOptionsBuilder<SqliteLinliDb>().UseSqlite("Data Source=:memory:").Options, Model);

        var crossing = db.Model.GetEntityTypes().SelectMany(e => e.GetForeignKeys())
            .Select(k => (From: k.DeclaringEntityType.GetTableName()!, To: k.PrincipalEntityType.GetTableName()!))
            .Where(k => Prefix(k.To) != "kernel" && Prefix(k.From) != Prefix(k.To));

        Assert.Empty(crossing);
    }

    private static string Prefix(string table) => table[..table.IndexOf('_', StringComparison.Ordinal)];

    private static IEnumerable<string> Names(DbContext db) => db.Database.GetMigrations().Select(id => id[15..]);
}
