using System.Diagnostics;
using System.Globalization;
using Linli.Database;
using Linli.Kernel;
using Linli.Requests.Clocks;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Bench;

/// <summary>
/// What it costs to find what is due, in a store of many clocks against one of a thousand (the reference). SQLite, filled in one statement:
/// nine in ten stopped, the others running and not due, or overdue and told long ago; a hundred fall due at the instant that is asked about.
/// </summary>
internal static class DueBench
{
    private const int Small = 1_000;
    private const int Due = 100;
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public static async Task<bool> RunAsync(int size)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"due, SQLite, {Small:N0} clocks against {size:N0}"));
        var small = await MeasureAsync(Small);
        var large = await MeasureAsync(size);
        Show("a look when nothing is due", small.Nothing, large.Nothing);
        Show($"finding the {Due} that are due", small.Found, large.Found);
        var met = Math.Max(large.Nothing / small.Nothing, large.Found / small.Found) <= 2;
        Console.WriteLine($"  {(met ? "met   " : "MISSED")}  finding what is due costs at most twice as much");
        return met;
    }

    private static void Show(string what, TimeSpan small, TimeSpan large) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"  {what,-28} {small.TotalMicroseconds,8:F0} µs {large.TotalMicroseconds,8:F0} µs   {large / small:F2} x"));

    private static async Task<(TimeSpan Nothing, TimeSpan Found)> MeasureAsync(int size)
    {
        var data = new DataFolder(Directory.CreateTempSubdirectory("linli-bench-").FullName);
        try
        {
            await using var town = Town.On(new TestStore(data, Store.OfFile(data.Database)), new TownOptions { Now = Now }, keepsStore: true);
            await using var scope = town.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
            await scope.ServiceProvider.GetRequiredService<Schema>().MigrateAsync(CancellationToken.None);
            var fill = Stopwatch.StartNew();
            await FillAsync(db, size);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  filled {size:N0} in {fill.Elapsed.TotalSeconds:F0} s"));

            // Asked about a day before, nothing is due: the whole look, as it is taken twice a minute.
            var watch = scope.ServiceProvider.GetRequiredService<ClockWatch>();
            var nothing = await BestAsync(async () => await watch.LookAsync(CancellationToken.None) == 0);
            var found = await BestAsync(async () => (await db.Breached(Now.AddDays(1)).AsNoTracking().Take(5_000).ToListAsync()).Count == Due);
            return (nothing, found);
        }
        finally
        {
            Directory.Delete(data.Path, recursive: true);
        }
    }

    private static async Task FillAsync(LinliDb db, int size)
    {
        await db.Database.OpenConnectionAsync();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        await db.Database.ExecuteSqlRawAsync("pragma foreign_keys=off; pragma synchronous=off; pragma journal_mode=off; pragma cache_size=-500000;");
        await db.Database.ExecuteSqlAsync($"""
            with recursive n(i) as (select 0 union all select i + 1 from n where i < {size - 1}),
            c as (select i, case when i < {Due} then 'due' when i % 100 < 90 then 'stopped' when i % 100 < 98 then 'running' else 'told' end as what from n),
            t as (select i, what, strftime('%Y-%m-%dT%H:%M:%S.0000000Z', case what when 'due' then '2026-03-02 12:00:00' when 'running' then '2026-04-01' else '2025-04-01' end,
                '+' || (case what when 'due' then 0 else i % 500000 end) || ' seconds') as due from c)
            insert into requests_clock (Id, RequestId, Kind, Budget, Rule, CalendarCode, CalendarMark, IsTentative, StartedAt, State, DueAt, WarnAt, StoppedAt, WarnedAt, BreachedAt)
            select printf('%08X-0000-7000-8000-%012X', i / 65536, i), printf('%08X-0000-7000-8000-%012X', 1, i / 4), 'Resolve', '5 working days', 'Minute', 'cn', '0123456789abcdef', 0,
                '2025-03-20T01:00:00.0000000Z', case what when 'stopped' then 'Stopped' else 'Running' end, due, case what when 'running' then due else '2025-03-28T01:00:00.0000000Z' end,
                case what when 'stopped' then due end, case what when 'running' then null else '2025-03-28T01:00:00.0000000Z' end, case what when 'told' then due end
            from t
            """);
        await db.Database.ExecuteSqlRawAsync("pragma journal_mode=wal; analyze;");
    }

    /// <summary>The best of many: what the question costs, not what else the machine was doing.</summary>
    private static async Task<TimeSpan> BestAsync(Func<Task<bool>> ask)
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 300; round++)
        {
            var start = Stopwatch.GetTimestamp();
            if (!await ask())
            {
                throw new InvalidOperationException("The store does not hold what was filled in.");
            }

            var took = Stopwatch.GetElapsedTime(start);
            best = took < best ? took : best;
        }

        return best;
    }
}
