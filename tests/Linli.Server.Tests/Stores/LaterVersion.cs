using System.Reflection;
using Linli.Database;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Stores;

/// <summary>A Linli of the future: it knows one migration more than this one.</summary>
internal static class LaterVersion
{
    public const string MigrationId = "29990101000000_Later";

    public static TownOptions Options { get; } = new()
    {
        Adjust = builder =>
        {
            builder.Services.ConfigureDbContext<SqliteLinliDb>(Use);
            builder.Services.ConfigureDbContext<PostgresLinliDb>(Use);
        },
    };

    private static void Use(DbContextOptionsBuilder options) => options.ReplaceService<IMigrationsAssembly, OneMore>()
        .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));

#pragma warning disable EF1001 // the only way to give a context migrations from elsewhere
    private sealed class OneMore(
        ICurrentDbContext context, IDbContextOptions options, IMigrationsIdGenerator ids, Microsoft.EntityFrameworkCore.Diagnostics.IDiagnosticsLogger<DbLoggerCategory.Migrations> log)
        : Microsoft.EntityFrameworkCore.Migrations.Internal.MigrationsAssembly(context, options, ids, log)
    {
        public override IReadOnlyDictionary<string, TypeInfo> Migrations =>
            new SortedDictionary<string, TypeInfo>(base.Migrations.ToDictionary()) { [MigrationId] = typeof(Later).GetTypeInfo() };
    }
#pragma warning restore EF1001

    [Migration(MigrationId)]
    private sealed class Later : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.CreateTable("kernel_later", table => new { Id = table.Column<int>() });
    }
}
