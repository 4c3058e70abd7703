using System.Diagnostics;
using Linli.Kernel.Areas;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;
using NpgsqlTypes;

namespace Linli.Bench.Locate;

/// <summary>The reference: the same cells and points in PostGIS, joined by ST_Contains over a GiST index, in one process, into a table.</summary>
internal sealed class PostGis : IAsyncDisposable
{
    public const string PointByPoint = "select p.id, c.id as cell from point p join cell c on ST_Contains(c.place, p.place)";

    /// <summary>PostGIS at its best: it prepares each cell once. For points that are known together and indexed first, which is not counted.</summary>
    public const string CellByCell = "select p.id, c.id as cell from cell c cross join lateral (select id from point where ST_Contains(c.place, point.place) offset 0) p";

    private const string Database = "linli_bench_locate";

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _session;

    private PostGis(NpgsqlDataSource source, NpgsqlConnection session) => (_source, _session) = (source, session);

    /// <summary>How long the index over the cells took.</summary>
    public TimeSpan Indexing { get; private set; }

    public static async Task<PostGis> FillAsync(string connection, List<Area> cells, GeoPoint[] points)
    {
        await using (var server = NpgsqlDataSource.Create($"{connection};Database=postgres"))
        {
            await RunAsync(server.CreateCommand($"drop database if exists {Database}"));
            await RunAsync(server.CreateCommand($"create database {Database}"));
        }

        var source = NpgsqlDataSource.Create($"{connection};Database={Database};Command Timeout=3600");
        var filled = new PostGis(source, await source.OpenConnectionAsync());
        await filled.RunAsync("create extension postgis");
        await filled.RunAsync("set max_parallel_workers_per_gather = 0");
        await filled.CopyAsync("cell", cells.Count, i => cells[i].Boundary!);
        var writer = new WKBWriter();
        await filled.CopyAsync("point", points.Length, i => writer.Write(new Point(points[i].Longitude, points[i].Latitude)));
        var start = Stopwatch.GetTimestamp();
        await filled.RunAsync("create index on cell using gist (place)");
        filled.Indexing = Stopwatch.GetElapsedTime(start);
        return filled;
    }

    /// <returns>Per point the place of the cell that has it, or -1.</returns>
    public async Task<(double Rate, int[] Cells)> JoinAsync(string join, int points)
    {
        if (join == CellByCell)
        {
            await RunAsync("create index on point using gist (place)");
        }

        await RunAsync("vacuum analyze");
        await RunAsync("drop table if exists found");
        var start = Stopwatch.GetTimestamp();
        await RunAsync($"create temp table found as {join}");
        var rate = points / Stopwatch.GetElapsedTime(start).TotalSeconds;
        var cells = new int[points];
        Array.Fill(cells, -1);
        await using var command = new NpgsqlCommand("select id, cell from found", _session);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            cells[reader.GetInt32(0)] = reader.GetInt32(1);
        }

        return (rate, cells);
    }

    private async Task CopyAsync(string table, int count, Func<int, byte[]> geometry)
    {
        await RunAsync($"create unlogged table {table} (id int not null, place geometry not null)");
        await using var import = await _session.BeginBinaryImportAsync($"copy {table} from stdin (format binary)");
        for (var i = 0; i < count; i++)
        {
            await import.StartRowAsync();
            await import.WriteAsync(i, NpgsqlDbType.Integer);
            await import.WriteAsync(geometry(i), NpgsqlDbType.Bytea);
        }

        await import.CompleteAsync();
    }

    private Task RunAsync(string sql) => RunAsync(new NpgsqlCommand(sql, _session));

    private static async Task RunAsync(NpgsqlCommand command)
    {
        await using (command)
        {
            await command.ExecuteNonQueryAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _source.DisposeAsync();
    }
}
