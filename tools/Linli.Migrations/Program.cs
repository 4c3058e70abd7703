using Linli.Database;
using Linli.Kernel;
using Linli.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Linli.Migrations;

internal static class Program
{
    private static void Main() => Console.WriteLine("Used by `dotnet dev.cs migration NAME`; it does nothing by itself.");

    internal static IEnumerable<IModelPart> Parts => [new KernelModel(), .. Modules.All.Select(m => m.Model)];
}

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteLinliDb>
{
    public SqliteLinliDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteLinliDb>().UseSqlite("Data Source=:memory:").Options, Program.Parts);
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresLinliDb>
{
    public PostgresLinliDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresLinliDb>().UseNpgsql("Host=design-time").Options, Program.Parts);
}
