using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Clocks;
using Linli.Requests.Clocks.Explain;
using Linli.Shell.Clocks;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>What a corrected calendar does to clocks. The town begins on Monday 2 March 2026 at 9:00; its county goes by "huguan".</summary>
public sealed class CalendarChangeTests
{
    private const string One = "工作日历有更正：诉求 {0} 的{1}由 {2:yyyy-MM-dd HH:mm} 改为 {3:yyyy-MM-dd HH:mm}。";
    private const string Several = "工作日历有更正：与您有关的 {0} 件诉求到期时间有变动（{1}）。";
    private static readonly object ToMunicipal = new { organisation = "dept-municipal" };

    [Fact]
    public async Task A_day_that_is_closed_moves_what_is_open_and_tells_its_holder_once()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        Assert.Equal(Local("2026-03-16 09:00"), (await town.ClockAsync(number, ClockKind.Resolve)).DueAt);

        await CloseAsync(town, "2026-03-05");

        var resolve = await town.ClockAsync(number, ClockKind.Resolve);
        Assert.Equal(Local("2026-03-17 09:00"), resolve.DueAt);
        Assert.Equal(Local("2026-03-17 09:00"), (await town.LoadAsync(number)).NextDueAt);
        Assert.Equal([One], (await town.ToldAsync("shizheng", number)).Where(t => t.StartsWith("工作日历", StringComparison.Ordinal)));
        Assert.Equal(0, await ReckonAsync(town));
        Assert.Equal([One], (await town.ToldAsync("shizheng", number)).Where(t => t.StartsWith("工作日历", StringComparison.Ordinal)));
        Assert.Equal((Local("2026-03-16 09:00"), Local("2026-03-17 09:00")), Assert.Single(await MovesAsync(town, resolve.Id)) is var move ? (move.Before, move.After) : default);
    }

    [Fact]
    public async Task The_reporter_finds_the_new_time_beside_the_one_that_an_extension_had_told()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        await CloseAsync(town, "2026-03-05");
        town.Clock.Advance(TimeSpan.FromMinutes(5));
        await town.DoAsync("shizheng", number, "extension", new { reason = "complex", days = 1, explanation = "要开挖" });
        await town.DoAsync("duban", number, "extension-decision", new { isGranted = true });
        var reporter = await town.AsAsync(Reporter);
        Assert.DoesNotContain("工作日历有更正", (await PageAsync()).Words, StringComparison.Ordinal);

        town.Clock.Advance(TimeSpan.FromMinutes(5));
        await CloseAsync(town, "2026-03-06");

        var page = await PageAsync();
        Assert.Contains("改为 2026-03-18 09:00 前办结", page.Words, StringComparison.Ordinal);
        Assert.Contains("工作日历有更正：办结时限由 2026-03-18 09:00 改为 2026-03-19 09:00。", page.Words, StringComparison.Ordinal);

        Task<Linli.Testing.Http.Answer> PageAsync() => reporter.PostFormAsync("/track", ("number", number), ("code", town.CodeOf(number)));
    }

    [Fact]
    public async Task Who_holds_several_is_told_once_for_all()
    {
        await using var town = await LoopTown.FoundAsync();
        await InHandAsync(town);
        await InHandAsync(town);

        await CloseAsync(town, "2026-03-05");

        var told = await ToldAsync(town, "shizheng");
        Assert.Equal([Several], told);
    }

    [Fact]
    public async Task What_is_closed_keeps_its_due_time_and_its_explanation()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        await town.DoAsync("shizheng", number, "contact", new { note = "联系了" });
        await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = "好了" });
        var before = await town.ClockAsync(number, ClockKind.Resolve);
        town.Clock.Advance(TimeSpan.FromMinutes(5));

        await CloseAsync(town, "2026-03-05");

        var after = await town.ClockAsync(number, ClockKind.Resolve);
        Assert.Equal((before.DueAt, before.CalendarMark), (after.DueAt, after.CalendarMark));
        var caller = await town.CallerAsync("shizheng");
        var explained = (await town.Town.InScopeAsync((ExplainClock explain) => explain.RunAsync(number, after.Id, caller, default))).Value;
        Assert.Equal(after.DueAt, explained.Sum.Due);
    }

    [Fact]
    public async Task A_breach_that_is_none_any_more_is_withdrawn_visibly_and_told_again_only_when_the_new_time_runs_out()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        town.Clock.Set(Local("2026-03-16 09:00"));
        await town.LookAtClocksAsync();
        var breachedAt = (await town.ClockAsync(number, ClockKind.Resolve)).BreachedAt;
        Assert.NotNull(breachedAt);

        await CloseAsync(town, "2026-03-05");

        var resolve = await town.ClockAsync(number, ClockKind.Resolve);
        Assert.Equal((null, Local("2026-03-17 09:00")), (resolve.BreachedAt, resolve.DueAt));
        Assert.Equal(breachedAt, Assert.Single(await MovesAsync(town, resolve.Id)).BreachWithdrawn);
        await town.LookAtClocksAsync();
        Assert.Equal(1, await BreachesToldAsync(town, number));
        town.Clock.Set(Local("2026-03-17 09:00"));
        await town.LookAtClocksAsync();
        await town.LookAtClocksAsync();
        Assert.Equal(2, await BreachesToldAsync(town, number));
    }

    [Fact]
    public async Task A_warning_is_not_told_twice()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        town.Clock.Set((await town.ClockAsync(number, ClockKind.Resolve)).WarnAt);
        await town.LookAtClocksAsync();

        await CloseAsync(town, "2026-03-13");
        Assert.Equal(Local("2026-03-17 09:00"), (await town.ClockAsync(number, ClockKind.Resolve)).DueAt);
        town.Clock.Set(Local("2026-03-16 17:00"));
        await town.LookAtClocksAsync();

        Assert.Single((await town.ToldAsync("shizheng", number)), t => t.Contains("办结时限快到了", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hundreds_are_reckoned_anew_in_batches_and_summed_up_in_one_notice()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        await MultiplyAsync(town, number, 450);

        await CloseAsync(town, "2026-03-05");

        Assert.Equal(451, await town.Town.ReadAsync(db => db.Set<ClockMove>().Where(m => m.ToldAt != null).Select(m => m.RequestId).Distinct().CountAsync()));
        Assert.False(await town.Town.ReadAsync(db => db.Set<RequestClock>().AnyAsync(c => c.Kind == ClockKind.Resolve && c.DueAt != Local("2026-03-17 09:00"))));
        Assert.Equal([Several], await ToldAsync(town, "shizheng"));
    }

    [Fact]
    public async Task Two_instances_that_reckon_at_once_tell_once()
    {
        await using var town = await LoopTown.FoundAsync();
        await InHandAsync(town);
        await InHandAsync(town);
        await EditAsync(town, "huguan", Closed("2026-03-05"));

        await Task.WhenAll(Task.Run(() => ReckonAsync(town)), Task.Run(() => ReckonAsync(town)));
        await town.DeliverAsync();

        Assert.Equal([Several], await ToldAsync(town, "shizheng"));
    }

    [Fact]
    public async Task A_step_that_was_looked_up_before_a_correction_is_looked_at_anew()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        await town.Town.InScopeAsync(async (LinliDb db) =>
        {
            var request = await db.Set<ServiceRequest>().SingleAsync(r => r.Number == number);
            await CloseAsync(town, "2026-03-05");
            request.Address = "别处";
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.CommitAsync(Act.BySystem("test.step", town.Clock.Now)));
        });
    }

    [Fact]
    public async Task A_clock_goes_by_its_types_calendar_else_its_organisations_else_the_countys()
    {
        await using var town = await LoopTown.FoundAsync();
        Assert.Equal("huguan", (await town.ClockAsync(await InHandAsync(town), ClockKind.Resolve)).CalendarCode);

        await town.Town.InScopeAsync(async (LinliDb db) =>
        {
            (await db.Set<Organisation>().SingleAsync(o => o.Code == "dept-municipal")).CalendarCode = "hospital";
            await db.CommitAsync(Act.BySystem("test.organisation", town.Clock.Now));
        });
        var number = await InHandAsync(town);
        Assert.Equal(("huguan", "hospital"), ((await town.ClockAsync(number, ClockKind.Dispatch)).CalendarCode, (await town.ClockAsync(number, ClockKind.Resolve)).CalendarCode));

        await town.ChangeTypeAsync(Plain, type => type.CalendarCode = "24x7");
        Assert.Equal("24x7", (await town.ClockAsync(await InHandAsync(town), ClockKind.Resolve)).CalendarCode);
    }

    [Fact]
    public async Task A_due_time_in_a_year_without_data_says_so_until_the_year_is_imported()
    {
        await using var town = await LoopTown.FoundAsync();
        town.Clock.Set(Local("2026-12-25 09:00"));
        var number = await InHandAsync(town);
        Assert.True((await town.ClockAsync(number, ClockKind.Resolve)).IsTentative);
        Assert.False((await town.LoadAsync(number)).Clocks.Single(c => c.Kind == ClockKind.Contact).IsTentative);

        await EditAsync(town, "cn", new PutYear(new CalendarYear(2027, [], [new DayException(new DateOnly(2027, 1, 1), DayKind.Holiday, "元旦")])));
        await town.DeliverAsync();

        var resolve = await town.ClockAsync(number, ClockKind.Resolve);
        Assert.Equal((false, Local("2027-01-11 09:00")), (resolve.IsTentative, resolve.DueAt));
        Assert.False((await town.LoadAsync(number)).IsNextDueTentative);
    }

    /// <summary>Reported, dispatched, signed and the reporter contacted: the resolve clock alone runs.</summary>
    private static async Task<string> InHandAsync(LoopTown town)
    {
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", ToMunicipal);
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "contact", new { note = "联系了" });
        return number;
    }

    private static async Task CloseAsync(LoopTown town, string date)
    {
        await EditAsync(town, "huguan", Closed(date));
        await town.DeliverAsync();
    }

    private static PutDays Closed(string date) => new(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), null, DayKind.Closure, "停电", "Power cut", null, null, false);

    private static async Task EditAsync(LoopTown town, string code, CalendarEdit edit)
    {
        var made = await town.Town.InScopeAsync((KeepCalendars calendars) => calendars.MakeAsync(Actor.System, code, edit, null, default));
        Assert.True(made.Succeeded && made.Value.IsChanged);
    }

    private static Task<int> ReckonAsync(LoopTown town) => town.Town.InScopeAsync((ReckonAnew anew) => anew.RunAsync(default));

    private static Task<List<ClockMove>> MovesAsync(LoopTown town, Guid clock) => town.Town.ReadAsync(db => db.Set<ClockMove>().Where(m => m.ClockId == clock).ToListAsync());

    private static async Task<int> BreachesToldAsync(LoopTown town, string number) =>
        (await town.ToldAsync("shizheng", number)).Count(t => t.Contains("超过了办结时限", StringComparison.Ordinal));

    private static async Task<List<string>> ToldAsync(LoopTown town, string login)
    {
        var id = (await town.ActorAsync(login)).Id;
        return await town.Town.ReadAsync(db => db.Set<Notice>().Where(n => n.AccountId == id && n.Text.StartsWith("工作日历")).Select(n => n.Text).ToListAsync());
    }

    /// <summary>More requests like this one, as if they had been taken in at the same time.</summary>
    private static async Task MultiplyAsync(LoopTown town, string number, int count)
    {
        var model = await town.LoadAsync(number);
        var resolve = model.Clocks.Single(c => c.Kind == ClockKind.Resolve);
        await town.Town.InScopeAsync(async (LinliDb db) =>
        {
            for (var n = 0; n < count; n++)
            {
                var request = new ServiceRequest
                {
                    Number = $"260302-9{n:00000}", Title = model.Title, Text = model.Text, ServiceTypeCode = model.ServiceTypeCode, AreaCode = model.AreaCode, Channel = model.Channel,
                    ReportedAt = model.ReportedAt, SecretHash = $"s{n}", IdempotencyHash = $"i{n}", SearchText = "", LeadOrganisationId = model.LeadOrganisationId,
                };
                request.Clocks.Add(new RequestClock
                {
                    RequestId = request.Id, Kind = ClockKind.Resolve, Budget = resolve.Budget, Rule = resolve.Rule, CalendarCode = resolve.CalendarCode, StartedAt = resolve.StartedAt,
                    DueAt = resolve.DueAt, WarnAt = resolve.WarnAt, CalendarMark = resolve.CalendarMark,
                });
                db.Add(request);
            }

            await db.CommitAsync(Act.BySystem("test.multiply", town.Clock.Now));
        });
    }

    private static DateTimeOffset Local(string time) => new(DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
