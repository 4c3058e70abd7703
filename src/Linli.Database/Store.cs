using Microsoft.Data.Sqlite;
using Npgsql;

namespace Linli.Database;

/// <summary>The store of one jurisdiction: which engine, and where.</summary>
/// <param name="Provider">sqlite or postgres.</param>
/// <param name="Connection">An ADO.NET connection string of that engine; for PostgreSQL its Search Path names the county's schema.</param>
public sealed record Store(string Provider, string Connection)
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    public bool IsSqlite => Provider == Sqlite;

    public static Store OfFile(string path, bool pooling = true) =>
        new(Sqlite, new SqliteConnectionStringBuilder { DataSource = path, Pooling = pooling }.ConnectionString);

    /// <summary>The PostgreSQL schema that unqualified names mean: the first of the Search Path; null on SQLite.</summary>
    public string? Schema =>
        IsSqlite ? null : new NpgsqlConnectionStringBuilder(Connection).SearchPath?.Split(',')[0].Trim(' ', '"') is { Length: > 0 } first ? first : "public";

    /// <summary>The SQLite file; null in memory and on PostgreSQL.</summary>
    public string? File =>
        IsSqlite && new SqliteConnectionStringBuilder(Connection).DataSource is { Length: > 0 } path && path != ":memory:" ? Path.GetFullPath(path) : null;
}
