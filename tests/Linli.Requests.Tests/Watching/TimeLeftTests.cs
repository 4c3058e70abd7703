using System.Globalization;
using System.Text.Json;
using Linli.Kernel.Clocks;
using Linli.Requests.Clocks;
using Linli.Requests.Tests.Loop;
using Linli.Testing.Http;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Watching;

/// <summary>How much time is left, in working time, wherever a due time stands.</summary>
public sealed class TimeLeftTests
{
    [Fact]
    public async Task What_is_left_is_said_alike_in_lists_on_pages_and_to_programs()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        town.Clock.Set(Local("2026-03-12 16:00"));
        await HoldAsync(town, number, ClockStanding.Approaching, 600, "还剩 1 个工作日 2 个工作小时", "1 working day 2 working hours left");

        town.Clock.Set(Local("2026-03-16 09:00"));
        await HoldAsync(town, number, ClockStanding.Approaching, 0, "还剩不到 1 分钟", "less than a minute left");

        town.Clock.Set(Local("2026-03-16 15:30"));
        await HoldAsync(town, number, ClockStanding.Overdue, -270, "已超时 4 个工作小时 30 分钟", "4 working hours 30 minutes overdue");
    }

    [Fact]
    public async Task A_paused_clock_says_so_and_what_will_be_left()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        town.Clock.Set(Local("2026-03-12 16:00"));
        await town.DoAsync("shizheng", number, "pause", new { reason = "waiting-parts", days = 10, explanation = "等灯具" });
        foreach (var later in new[] { "2026-03-12 16:00", "2026-03-15 03:00", "2026-03-18 10:00" })
        {
            town.Clock.Set(Local(later));
            await HoldAsync(town, number, ClockStanding.Paused, 600, "已停表，还剩 1 个工作日 2 个工作小时", "Clock stopped, 1 working day 2 working hours left", "还剩 1 个工作日 2 个工作小时");
        }
    }

    [Fact]
    public async Task A_clock_that_was_stopped_says_whether_in_time()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        town.Clock.Set(Local("2026-03-03 11:00"));
        await town.DoAsync("shizheng", number, "signature");

        var clocks = (await town.ViewAsync("shizheng", number)).Staff!.Clocks;
        Assert.Equal((ClockStanding.Met, 1_440), StandingOf(ClockKind.Dispatch));
        Assert.Equal((ClockStanding.Late, -120), StandingOf(ClockKind.Sign));
        var page = await (await town.AsAsync("shizheng")).GetAsync($"/work/requests/{number}");
        Assert.Contains("按时完成", page.Words, StringComparison.Ordinal);
        Assert.Contains("超时 2 个工作小时完成", page.Words, StringComparison.Ordinal);

        (ClockStanding, int) StandingOf(ClockKind kind) => clocks.Single(c => c.Kind == kind).Time is { } time ? (time.Standing, time.Left) : default;
    }

    [Fact]
    public async Task A_badge_says_which_clock_it_is_in_lists_in_the_field_and_on_the_page()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await InHandAsync(town);
        var staff = await town.AsAsync("shizheng");
        foreach (var path in new[] { "/work?queue=InHand", "/work/field", $"/work/requests/{number}" })
        {
            Assert.Contains("办结时限：还剩 10 个工作日", (await staff.GetAsync(path)).Words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_queue_shows_first_what_runs_out_first_and_last_what_nobody_has_to_hurry_with()
    {
        await using var town = await LoopTown.FoundAsync();
        List<string> numbers = [];
        for (var n = 0; n < 32; n++)
        {
            numbers.Add((await town.ReportAsync()).Number);
            town.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await town.DoAsync("paidan", numbers[5], "question", new { question = "在几号楼？" });
        var visitor = await town.AsAsync("paidan");
        var first = (await visitor.GetAsync("/api/requests?queue=all")).Json<Queue.QueueLines>();
        var second = (await visitor.GetAsync("/api/requests?queue=all&page=2")).Json<Queue.QueueLines>();
        Assert.Equal([.. numbers.Where(n => n != numbers[5]), numbers[5]], first.Lines.Concat(second.Lines).Select(l => l.Number));
        Assert.Equal((32, 2, ClockStanding.Paused), (second.Total, second.Lines.Count, second.Lines[^1].Time!.Standing));
    }

    private static async Task<string> InHandAsync(LoopTown town)
    {
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "contact", new { note = "联系了" });
        return number;
    }

    private static async Task HoldAsync(LoopTown town, string number, ClockStanding standing, int left, string zh, string en, string? text = null)
    {
        var staff = await town.AsAsync("shizheng");
        var line = (await staff.GetAsync("/api/requests?queue=inHand")).Json().GetProperty("lines").EnumerateArray().Single(l => l.GetProperty("number").GetString() == number);
        var read = (await town.ReadAsync(Reporter, number)).Json();
        foreach (var time in new[] { line.GetProperty("time"), read.GetProperty("time") })
        {
            Assert.Equal(("resolve", left, text ?? zh), (time.GetProperty("clock").GetString(), time.GetProperty("left").GetInt32(), time.GetProperty("text").GetString()));
            Assert.Equal(JsonNamingPolicy.CamelCase.ConvertName(standing.ToString()), time.GetProperty("standing").GetString());
        }

        var reporter = await town.AsAsync(Reporter);
        await reporter.PostFormAsync("/track", ("number", number), ("code", town.CodeOf(number)));
        foreach (var (visitor, path) in new (Visitor, string)[] { (staff, "/work?queue=InHand"), (staff, $"/work/requests/{number}"), (reporter, $"/track/{number}") })
        {
            Assert.Contains(zh, (await visitor.GetAsync(path)).Words, StringComparison.Ordinal);
            visitor.Language = "en";
            Assert.Contains(en, (await visitor.GetAsync(path)).Words, StringComparison.Ordinal);
            visitor.Language = "zh-CN";
        }
    }

    private static DateTimeOffset Local(string time) => new(DateTime.Parse(time, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
