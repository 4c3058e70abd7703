using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Queue;
using Linli.Requests.Tests.Loop;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Watching;

/// <summary>What is due is found by an index, however many clocks there are: the engines say so themselves.</summary>
public sealed partial class DueQueryTests
{
    [Fact]
    public async Task What_is_due_is_one_range_of_an_index_that_holds_nothing_else()
    {
        await using var town = await FilledAsync();
        foreach (var (query, index) in new (Func<LinliDb, IQueryable<RequestClock>>, string)[]
        {
            (db => db.Breached(town.Clock.Now), "IX_requests_clock_State_BreachedAt_Kind_DueAt"),
            (db => db.Approaching(town.Clock.Now), "IX_requests_clock_State_WarnedAt_Kind_WarnAt"),
            (db => db.RunOut(town.Clock.Now), "IX_requests_clock_State_BreachedAt_Kind_DueAt"),
        })
        {
            var plan = await PlanAsync(town, db => query(db).Take(200));
            Assert.True(plan.Contains(index, StringComparison.Ordinal), plan);
            Assert.DoesNotMatch(WholeTable(), plan);
            Assert.Matches(index.EndsWith("WarnAt", StringComparison.Ordinal) ? "WarnAt\"? ?<" : "DueAt\"? ?<", plan);
        }
    }

    [Fact]
    public async Task A_queue_that_is_sorted_by_due_time_reads_no_more_than_its_page()
    {
        await using var town = await FilledAsync();
        foreach (var (query, index) in new (Func<IQueryable<ServiceRequest>, IQueryable<ServiceRequest>>, string)[]
        {
            (all => all.Where(r => r.State == RequestState.Reported), "_NextDueAt"),
            (all => all.Where(r => r.NextDueAt <= town.Clock.Now.AddDays(30)), "_NextDueAt"),
            (all => all, "_NextDueAt"),
        })
        {
            var plan = await PlanAsync(town, db => QueueQuery.ByDueTime(query(db.Set<ServiceRequest>())).Take(QueueFilter.PageSize));
            Assert.True(plan.Contains(index, StringComparison.Ordinal), plan);
            Assert.DoesNotMatch(WholeTable(), plan);
            Assert.DoesNotMatch(WholeSort(), plan);
        }
    }

    /// <summary>Enough rows that reading them all would be the wrong plan; all far from due.</summary>
    private static async Task<Town> FilledAsync()
    {
        var town = await Town.FoundAsync();
        await Backlog.AddAsync(town, 3_000, town.Clock.Now, [], TimeSpan.FromMinutes(1));
        await town.InScopeAsync((LinliDb db) => db.Database.ExecuteSqlRawAsync("analyze"));
        return town;
    }

    private static Task<string> PlanAsync(Town town, Func<LinliDb, IQueryable<object>> query) => town.ReadAsync(async db =>
    {
        var command = query(db).CreateDbCommand();
        command.CommandText = (TestStores.IsSqlite ? "explain query plan " : "explain ") + command.CommandText;
        await db.Database.OpenConnectionAsync();
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(TestStores.IsSqlite ? 3 : 0));
        }

        return string.Join('\n', lines);
    });

    /// <summary>Controlled by <see cref="A_plan_that_reads_everything_is_noticed"/>.</summary>
    [GeneratedRegex(@"SCAN \w+$|Seq Scan", RegexOptions.Multiline)]
    private static partial Regex WholeTable();

    [GeneratedRegex(@"TEMP B-TREE FOR ORDER BY|^\s*(->)?\s*Sort\s+\(", RegexOptions.Multiline)]
    private static partial Regex WholeSort();

    [Fact]
    public async Task A_plan_that_reads_everything_is_noticed()
    {
        await using var town = await FilledAsync();
        var plan = await PlanAsync(town, db => db.Set<ServiceRequest>().OrderBy(r => r.Title).Take(30));
        Assert.Matches(WholeTable(), plan);
        Assert.Matches(WholeSort(), plan);
    }
}
