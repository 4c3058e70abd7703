using System.Globalization;
using Linli.Database.Dialect;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Linli.Database;

/// <summary>The store of one jurisdiction in one SQLite file.</summary>
public sealed class SqliteLinliDb(DbContextOptions<SqliteLinliDb> options, IEnumerable<IModelPart> parts, CommitSignal? signal = null, AuditKeys? auditKeys = null, ICommitGroups? groups = null, IStoreWatch? watch = null)
    : LinliDb(options, parts, signal, auditKeys, groups, watch)
{
    public override IDialect Dialect => SqliteDialect.Instance;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<SortableUtcText>().HaveMaxLength(28);
    }

    /// <summary>
    /// SQLite cannot compare DateTimeOffset; fixed-width UTC text sorts as time does. To the microsecond, as PostgreSQL keeps it: a store that moves
    /// from one to the other loses nothing.
    /// </summary>
    private sealed class SortableUtcText() : ValueConverter<DateTimeOffset, string>(
        time => time.UtcDateTime.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerMicrosecond)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}

/// <summary>The store of one jurisdiction in one PostgreSQL schema, chosen by the connection's search_path.</summary>
public sealed class PostgresLinliDb(DbContextOptions<PostgresLinliDb> options, IEnumerable<IModelPart> parts, CommitSignal? signal = null, AuditKeys? auditKeys = null, ICommitGroups? groups = null, IStoreWatch? watch = null)
    : LinliDb(options, parts, signal, auditKeys, groups, watch)
{
    public override IDialect Dialect => PostgresDialect.Instance;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();
    }

    /// <summary>timestamptz takes UTC only.</summary>
    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time);
}
