using System.Diagnostics;
using Linli.Routing.Twins;
using Npgsql;
using NpgsqlTypes;

namespace Linli.Bench.Twins;

/// <summary>
/// The same requests and questions in PostgreSQL: pg_trgm over the folded text with a GIN index, a GiST index over place and time. For
/// the best five anywhere it is told beforehand how like the fifth is, the most that an index can be helped.
/// </summary>
internal sealed class Reference : IAsyncDisposable
{
    private const string Best = "order by likeness desc, id limit 5";
    private const string Database = "linli_bench_twins";
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _session;

    private Reference(NpgsqlDataSource source, NpgsqlConnection session) => (_source, _session) = (source, session);

    public static async Task<Reference> OpenAsync(string connection)
    {
        await using (var server = NpgsqlDataSource.Create($"{connection};Database=postgres"))
        {
            foreach (var sql in new[] { $"drop database if exists {Database} with (force)", $"create database {Database}" })
            {
                await using var command = server.CreateCommand(sql);
                await command.ExecuteNonQueryAsync();
            }
        }

        var source = NpgsqlDataSource.Create($"{connection};Database={Database};Command Timeout=3600");
        var reference = new Reference(source, await source.OpenConnectionAsync());
        await reference.RunAsync("""
            create extension if not exists pg_trgm;
            create extension if not exists btree_gist;
            drop table if exists bench_twin;
            create unlogged table bench_twin (id int primary key, told text not null, folded text not null, at timestamptz not null, longitude float8 not null, latitude float8 not null);
            set max_parallel_workers_per_gather = 0;
            set max_parallel_maintenance_workers = 2;
            set maintenance_work_mem = '1GB';
            """);
        return reference;
    }

    public async Task FillAsync(IEnumerable<TwinText> texts)
    {
        await using var import = await _session.BeginBinaryImportAsync("copy bench_twin from stdin (format binary)");
        var id = 0;
        foreach (var text in texts)
        {
            await import.StartRowAsync();
            await import.WriteAsync(id++, NpgsqlDbType.Integer);
            await import.WriteAsync(text.Text, NpgsqlDbType.Text);
            await import.WriteAsync(TextGrams.Fold(text.Text), NpgsqlDbType.Text);
            await import.WriteAsync(text.At.UtcDateTime, NpgsqlDbType.TimestampTz);
            await import.WriteAsync(text.Longitude!.Value, NpgsqlDbType.Double);
            await import.WriteAsync(text.Latitude!.Value, NpgsqlDbType.Double);
        }

        await import.CompleteAsync();
    }

    public async Task<TimeSpan> IndexAsync()
    {
        var start = Stopwatch.GetTimestamp();
        await RunAsync("create index on bench_twin using gist (point(longitude, latitude), at)");
        await RunAsync("create index on bench_twin using gin (folded gin_trgm_ops)");
        await RunAsync("vacuum analyze bench_twin");
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>All rows, as they are read when an instance starts.</summary>
    public async IAsyncEnumerable<TwinText> ReadAsync()
    {
        await using var session = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("select id, told, at, longitude, latitude from bench_twin order by id", session);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            yield return new(MadeRequests.KeyOf(reader.GetInt32(0)), reader.GetString(1), new DateTimeOffset(reader.GetDateTime(2), TimeSpan.Zero), reader.GetDouble(3), reader.GetDouble(4));
        }
    }

    /// <summary>The box is what the index knows; the circle is reckoned as <see cref="TwinIndex"/> reckons it.</summary>
    public async Task<List<(int Id, float Likeness)>> NearAsync(string text, TwinPlace place)
    {
        var (degree, shrink) = (111_195.08, Math.Cos(place.Latitude * Math.PI / 180));
        var (high, wide) = (place.Metres / degree, place.Metres / (degree * shrink));
        await using var command = new NpgsqlCommand($"""
            select id, likeness from (select id, similarity(folded, $1) as likeness from bench_twin
              where point(longitude, latitude) <@ box(point($2 - $4, $3 - $5), point($2 + $4, $3 + $5)) and at >= $6
                and ((longitude - $2) * $7 * $8) ^ 2 + ((latitude - $3) * $8) ^ 2 <= $9) near
            where likeness > 0 {Best}
            """, _session)
        {
            Parameters =
            {
                new() { Value = TextGrams.Fold(text) }, new() { Value = place.Longitude }, new() { Value = place.Latitude }, new() { Value = wide }, new() { Value = high },
                new() { Value = place.Since.UtcDateTime }, new() { Value = shrink }, new() { Value = degree }, new() { Value = place.Metres * place.Metres },
            },
        };
        return await AnswerAsync(command);
    }

    public async Task<List<(int Id, float Likeness)>> AnywhereAsync(string text, float atLeast)
    {
        await RunAsync(FormattableString.Invariant($"set pg_trgm.similarity_threshold = {Math.Max(0, MathF.BitDecrement(atLeast)):G9}"));
        await using var command = new NpgsqlCommand($"select id, similarity(folded, $1) as likeness from bench_twin where folded % $1 {Best}", _session)
        {
            Parameters = { new() { Value = TextGrams.Fold(text) } },
        };
        return await AnswerAsync(command);
    }

    public async Task<(long Table, long Indexes)> SizeAsync()
    {
        await using var command = new NpgsqlCommand("select pg_table_size('bench_twin'), pg_indexes_size('bench_twin')", _session);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("drop table bench_twin");
        await _session.DisposeAsync();
        await _source.DisposeAsync();
    }

    private static async Task<List<(int Id, float Likeness)>> AnswerAsync(NpgsqlCommand command)
    {
        await command.PrepareAsync();
        var answer = new List<(int, float)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            answer.Add((reader.GetInt32(0), reader.GetFloat(1)));
        }

        return answer;
    }

    private async Task RunAsync(string sql)
    {
        foreach (var one in sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = new NpgsqlCommand(one, _session);
            await command.ExecuteNonQueryAsync();
        }
    }
}
