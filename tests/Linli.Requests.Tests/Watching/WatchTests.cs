using System.Globalization;
using Linli.Kernel;
using Linli.Requests.Clocks;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Inbox;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Watching;

/// <summary>Who is told of clocks, how often, and by how much at once. The town begins on Monday 2 March 2026 at 9:00.</summary>
public sealed class WatchTests
{
    private const string Breaches = "有 {0} 件诉求超过了时限，最早的应在 {1:yyyy-MM-dd HH:mm} 前完成。", Warnings = "有 {0} 件诉求的时限快到了，最早的应在 {1:yyyy-MM-dd HH:mm} 前完成。";
    private const string SignBreach = "诉求 {0} 超过了签收时限 {1:yyyy-MM-dd HH:mm}。";

    [Fact]
    public async Task Four_instances_that_look_at_once_tell_everybody_once()
    {
        await using var town = await Town.FoundAsync();
        var leads = await Backlog.StaffAsync(town, 30);
        var numbers = await Backlog.AddAsync(town, 30, town.Clock.Now, leads);
        List<Town> instances = [town, .. Enumerable.Range(0, 3).Select(_ => Town.On(town.Store, keepsStore: true))];
        instances.ForEach(i => i.Clock.Advance(TimeSpan.FromDays(60)));

        var found = await Task.WhenAll(instances.Select(i => Task.Run(() => LookAsync(i))));
        await Task.WhenAll(instances.Select(i => Task.Run(i.DeliverAsync)));

        Assert.Equal(30 * 3, found.Sum());
        Assert.Equal(0, await LookAsync(town));
        var told = await Backlog.ToldAsync(town);
        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.Equal([.. numbers.SelectMany(n => Enumerable.Repeat(n, 3)).Order()], await Backlog.OfOneAsync(town, "banli", told));
        foreach (var instance in instances.Skip(1))
        {
            await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task After_two_days_of_sleep_what_ran_out_is_told_once_as_over_and_not_as_near()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        town.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(2, await town.LookAtClocksAsync());
        Assert.Equal(0, await town.LookAtClocksAsync());

        var told = (await town.ToldAsync("shizheng", number)).Where(t => t.Contains("时限", StringComparison.Ordinal)).Order().ToList();
        Assert.Equal(["诉求 {0} 超过了签收时限 {1:yyyy-MM-dd HH:mm}。", "诉求 {0} 超过了联系时限 {1:yyyy-MM-dd HH:mm}。"], told);
    }

    [Fact]
    public async Task A_pause_that_ended_while_the_machine_slept_ends_when_it_was_permitted_to()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "pause", new { reason = "waiting-parts", days = 1, explanation = "等灯具" });
        town.Clock.Advance(TimeSpan.FromDays(3));

        await town.LookAtClocksAsync();

        var resolve = await town.ClockAsync(number, ClockKind.Resolve);
        Assert.Equal((ClockState.Running, TestClock.MondayMorning.AddDays(1)), (resolve.State, Assert.Single(resolve.Entries).Until));
        Assert.Equal(TestClock.MondayMorning.AddDays(15), resolve.DueAt);
    }

    [Fact]
    public async Task A_backlog_that_is_brought_in_is_one_notice_a_person()
    {
        await using var town = await LoopTown.FoundAsync();
        await Backlog.AddAsync(town.Town, 300, town.Clock.Now, []);
        var due = town.Clock.Now.AddHours(24);
        town.Clock.Set(due.AddHours(-6));
        await town.LookAtClocksAsync();
        town.Clock.Set(due.AddHours(1));
        await town.LookAtClocksAsync();

        var (dispatcher, supervisor) = ((await town.ActorAsync("paidan")).Id, (await town.ActorAsync("duban")).Id);
        var told = await Backlog.ToldAsync(town.Town);
        Assert.Equal([Warnings, Breaches], told.Where(t => t.Account == dispatcher).Select(t => t.Text));
        Assert.Equal([Breaches], told.Where(t => t.Account == supervisor).Select(t => t.Text));
        var inbox = await (await town.AsAsync("paidan")).SendJsonAsync(HttpMethod.Get, "/api/inbox", null);
        Assert.Contains("有 300 件诉求超过了时限，最早的应在 2026-03-03 09:00 前完成。", inbox.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_few_are_told_one_by_one_and_the_supervisor_of_many_gets_their_number()
    {
        await using var town = await LoopTown.FoundAsync();
        await Backlog.AddAsync(town.Town, 8, town.Clock.Now, ["dept-municipal", "util-water"]);
        foreach (var clock in await town.Town.ReadAsync(db => db.Set<RequestClock>().AsNoTracking().Where(c => c.Kind == ClockKind.Sign).Take(1).ToListAsync()))
        {
            town.Clock.Set(clock.DueAt);
        }

        // Contact ends with sign: four requests of two clocks each are eight for the handler, so leave sign alone.
        await town.Town.InScopeAsync(async (LinliDb db) =>
        {
            await db.Set<RequestClock>().Where(c => c.Kind == ClockKind.Contact).ExecuteUpdateAsync(s => s.SetProperty(c => c.State, ClockState.Void));
        });
        await town.LookAtClocksAsync();

        var told = await Backlog.ToldAsync(town.Town);
        var (handler, supervisor) = ((await town.ActorAsync("shizheng")).Id, (await town.ActorAsync("duban")).Id);
        Assert.Equal(Enumerable.Repeat(SignBreach, 4), told.Where(t => t.Account == handler).Select(t => t.Text));
        var summary = Assert.Single(told, t => t.Account == supervisor);
        Assert.Equal(Breaches, summary.Text);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"[{8},"), summary.Values, StringComparison.Ordinal);
    }

    private static Task<int> LookAsync(Town town) => town.InScopeAsync((ClockWatch watch) => watch.LookAsync(default));
}
