using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Microsoft.EntityFrameworkCore;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>The clocks of a request: what starts, stops and moves them, and who is told. The town begins on Monday 2 March 2026 at 9:00.</summary>
public sealed class ClockTests
{
    private static readonly object ToMunicipal = new { organisation = "dept-municipal" };

    [Fact]
    public async Task Signing_contact_and_resolution_are_measured_from_the_dispatch_on()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        Assert.Equal([ClockKind.Dispatch], (await town.LoadAsync(number)).Clocks.Select(c => c.Kind));
        town.Clock.Advance(TimeSpan.FromHours(1));

        await town.DoAsync("paidan", number, "dispatch", ToMunicipal);

        var dispatch = await town.ClockAsync(number, ClockKind.Dispatch);
        Assert.Equal((ClockState.Stopped, town.Clock.Now), (dispatch.State, dispatch.StoppedAt));
        foreach (var kind in new[] { ClockKind.Sign, ClockKind.Contact, ClockKind.Resolve })
        {
            var clock = await town.ClockAsync(number, kind);
            Assert.Equal((ClockState.Running, town.Clock.Now), (clock.State, clock.StartedAt));
        }

        Assert.Equal(Local("2026-03-03 10:00"), (await town.ClockAsync(number, ClockKind.Sign)).DueAt);
        Assert.Equal(Local("2026-03-16 10:00"), (await town.ClockAsync(number, ClockKind.Resolve)).DueAt);
        Assert.Equal(Local("2026-03-03 10:00"), (await town.LoadAsync(number)).NextDueAt);
    }

    [Fact]
    public async Task A_note_or_a_photo_changes_no_clock()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", ToMunicipal);
        await town.DoAsync("shizheng", number, "signature");
        var before = await ClocksAsync(town, number);
        town.Clock.Advance(TimeSpan.FromHours(1));

        await town.DoAsync("shizheng", number, "notes", new { note = "看过现场", isInternal = true });
        await town.DoAsync(Reporter, number, "notes", new { note = "还没好", photos = new[] { await town.PhotoAsync(Reporter) } });
        await town.DoAsync("shizheng", number, "contact", new { isReached = false, note = "没人接" });

        Assert.Equal(before, await ClocksAsync(town, number));
        Assert.Equal([Step.Report, Step.Dispatch, Step.Sign, Step.Note, Step.Note, Step.Note], await town.HistoryAsync(number));
    }

    [Fact]
    public async Task A_pause_gives_its_time_back_and_an_extension_adds_to_it()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", ToMunicipal);
        await town.DoAsync("shizheng", number, "signature");
        Assert.Equal(Local("2026-03-16 09:00"), (await town.ClockAsync(number, ClockKind.Resolve)).DueAt);

        await town.DoAsync("shizheng", number, "pause", new { reason = "waiting-parts", days = 3, explanation = "等灯具" });
        town.Clock.Advance(TimeSpan.FromDays(1));
        await town.DoAsync("shizheng", number, "resumption");
        Assert.Equal(Local("2026-03-17 09:00"), (await town.ClockAsync(number, ClockKind.Resolve)).DueAt);

        await town.DoAsync("shizheng", number, "extension", new { reason = "complex", days = 2, explanation = "要开挖" });
        Assert.Equal(Local("2026-03-17 09:00"), (await town.ClockAsync(number, ClockKind.Resolve)).DueAt);
        await town.DoAsync("duban", number, "extension-decision", new { isGranted = true });
        Assert.Equal(Local("2026-03-19 09:00"), (await town.ClockAsync(number, ClockKind.Resolve)).DueAt);

        await town.DoAsync("shizheng", number, "extension", new { reason = "complex", days = 2, explanation = "又遇到管线" });
        await town.DoAsync("duban", number, "extension-decision", new { isGranted = false, note = "抓紧" });
        Assert.Equal(Local("2026-03-19 09:00"), (await town.ClockAsync(number, ClockKind.Resolve)).DueAt);
    }

    [Fact]
    public async Task A_return_voids_the_clocks_and_the_next_dispatch_starts_them_anew()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", ToMunicipal);
        town.Clock.Advance(TimeSpan.FromHours(2));
        await town.DoAsync("shizheng", number, "return", new { reason = "not-our-duty", explanation = "属于供水公司" });

        var clocks = (await town.LoadAsync(number)).Clocks;
        Assert.Equal([ClockKind.Sign, ClockKind.Contact, ClockKind.Resolve], clocks.Where(c => c.State == ClockState.Void).Select(c => c.Kind).Order());
        var running = Assert.Single(clocks, c => c.State == ClockState.Running);
        Assert.Equal((ClockKind.Dispatch, town.Clock.Now), (running.Kind, running.StartedAt));

        town.Clock.Advance(TimeSpan.FromHours(1));
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "util-water" });
        var resolve = await town.ClockAsync(number, ClockKind.Resolve);
        Assert.Equal((ClockState.Running, town.Clock.Now), (resolve.State, resolve.StartedAt));
    }

    [Fact]
    public async Task What_is_not_signed_can_be_returned_inside_the_window_alone()
    {
        await using var town = await LoopTown.FoundAsync();
        var (early, late) = ((await town.ReportAsync()).Number, (await town.ReportAsync()).Number);
        await town.DoAsync("paidan", early, "dispatch", ToMunicipal);
        await town.DoAsync("paidan", late, "dispatch", ToMunicipal);

        town.Clock.Set(Local("2026-03-03 09:00"));
        await town.DoAsync("shizheng", early, "return", new { reason = "not-our-duty", explanation = "属于供水公司" });
        town.Clock.Advance(TimeSpan.FromSeconds(1));
        await town.RefusedAsync("shizheng", late, "return", new { reason = "not-our-duty", explanation = "属于供水公司" }, System.Net.HttpStatusCode.Conflict, "return_window_over");
    }

    [Fact]
    public async Task What_nobody_dispatches_is_told_to_the_dispatchers_at_three_quarters_and_to_the_supervisors_at_the_end_once_each()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        const string warning = "诉求 {0} 的派单时限快到了，应在 {1:yyyy-MM-dd HH:mm} 前派单。", breach = "诉求 {0} 超过了派单时限 {1:yyyy-MM-dd HH:mm}。";
        var due = (await town.ClockAsync(number, ClockKind.Dispatch)).DueAt;
        Assert.Equal(town.Clock.Now.AddHours(24), due);

        town.Clock.Set(due.AddHours(-6).AddSeconds(-1));
        Assert.Equal(0, await town.LookAtClocksAsync());
        town.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await town.LookAtClocksAsync());
        Assert.Equal(0, await town.LookAtClocksAsync());
        Assert.Equal((1, 0), await CountAsync(town, "paidan", number, warning, breach));
        Assert.Equal((0, 0), await CountAsync(town, "duban", number, warning, breach));

        town.Clock.Set(due);
        await LookTwiceAtOnceAsync(town);
        Assert.Equal(0, await town.LookAtClocksAsync());

        Assert.Equal((1, 1), await CountAsync(town, "paidan", number, warning, breach));
        Assert.Equal((0, 1), await CountAsync(town, "duban", number, warning, breach));
        Assert.Equal(2, await town.Town.ReadAsync(db => db.Set<OutboxMessage>().CountAsync(m => m.Type == nameof(ClocksRanDown))));
    }

    [Fact]
    public async Task Who_holds_a_clock_is_warned_and_at_its_end_the_supervisors_are_told_too()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", ToMunicipal);
        const string warning = "诉求 {0} 的签收时限快到了，应在 {1:yyyy-MM-dd HH:mm} 前签收。", breach = "诉求 {0} 超过了签收时限 {1:yyyy-MM-dd HH:mm}。";
        var sign = await town.ClockAsync(number, ClockKind.Sign);

        town.Clock.Set(sign.WarnAt);
        await LookTwiceAtOnceAsync(town);
        Assert.Equal((1, 0), await CountAsync(town, "shizheng", number, warning, breach));
        Assert.Equal((0, 0), await CountAsync(town, "duban", number, warning, breach));

        town.Clock.Set(sign.DueAt);
        await town.LookAtClocksAsync();
        await LookTwiceAtOnceAsync(town);
        Assert.Equal((1, 1), await CountAsync(town, "shizheng", number, warning, breach));
        Assert.Equal((0, 1), await CountAsync(town, "duban", number, warning, breach));
        Assert.Equal((0, 0), await CountAsync(town, "paidan", number, warning, breach));
    }

    [Fact]
    public async Task A_clock_that_was_stopped_in_time_is_never_told()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", ToMunicipal);
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "contact", new { note = "联系了" });
        await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = "好了" });
        await town.DoAsync(Reporter, number, "rating", new { grade = "satisfied" });

        town.Clock.Advance(TimeSpan.FromDays(60));

        Assert.Equal(0, await town.LookAtClocksAsync());
    }

    /// <summary>As two instances of the product do.</summary>
    private static async Task LookTwiceAtOnceAsync(LoopTown town)
    {
        await Task.WhenAll(Task.Run(LookAsync), Task.Run(LookAsync));
        await town.DeliverAsync();

        Task<int> LookAsync() => town.Town.InScopeAsync((ClockWatch watch) => watch.LookAsync(default));
    }

    private static async Task<(int Warned, int Breached)> CountAsync(LoopTown town, string login, string number, string warning, string breach)
    {
        var told = await town.ToldAsync(login, number);
        return (told.Count(t => t == warning), told.Count(t => t == breach));
    }

    private static async Task<IReadOnlyList<string>> ClocksAsync(LoopTown town, string number) =>
        [.. (await town.LoadAsync(number)).Clocks.OrderBy(c => c.Id).Select(c => $"{c.Id} {c.Kind} {c.State} {c.Budget} {c.StartedAt:O} {c.WarnAt:O} {c.DueAt:O} {c.StoppedAt:O} {c.Entries.Count}")];

    /// <summary>A time on the clocks of Shanxi.</summary>
    private static DateTimeOffset Local(string time) => new(DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
