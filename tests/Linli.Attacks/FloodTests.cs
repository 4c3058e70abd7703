using System.Net;
using System.Security.Cryptography;
using System.Text;
using Linli.Requests;
using Linli.Shell.Limits.Floods;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks;

/// <summary>Automated floods of reports: on an ordinary day nobody is asked for anything; in a flood a report costs its sender some work, and nothing typed is lost.</summary>
public sealed class FloodTests
{
    [Fact]
    public async Task On_an_ordinary_day_nobody_is_asked_for_anything()
    {
        await using var town = await TownAsync();
        for (var i = 0; i < 12; i++)
        {
            using var resident = await town.HttpAsync();
            Assert.StartsWith("/track/", (await ReportAsync(resident, i)).Path, StringComparison.Ordinal);
            town.Clock.Advance(TimeSpan.FromSeconds(15));
        }
    }

    [Fact]
    public async Task In_a_flood_a_report_is_held_until_the_browser_has_worked_for_it()
    {
        await using var town = await FloodedAsync();
        using var resident = await town.HttpAsync();

        var held = await ReportAsync(resident, 1, "水管漏了\n门牌 \"3\"");
        Assert.Equal(HttpStatusCode.TooManyRequests, held.Status);
        Assert.Equal("水管漏了\n门牌 \"3\"", held.Page.QuerySelector("textarea[name=text]")!.TextContent);
        var filed = await resident.SubmitAsync(held, "form[action='/report']", ("proof.token", TokenOf(held)), ("proof.sum", ""));
        Assert.Equal(HttpStatusCode.TooManyRequests, filed.Status); // nothing done

        var done = await SendAsync(resident, held, 1, ("proof.nonce", Work(held)));
        Assert.StartsWith("/track/", done.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_counts_for_one_form_once_and_not_for_ever()
    {
        await using var town = await FloodedAsync();
        using var attacker = await town.HttpAsync();
        var held = await ReportAsync(attacker, 1);
        var nonce = Work(held);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(attacker, held, 2, ("proof.nonce", nonce))).Status); // of another form
        await SendAsync(attacker, held, 1, ("proof.nonce", nonce));
        await SendAsync(attacker, held, 1, ("proof.nonce", nonce));
        Assert.Equal(1, await town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync(r => r.Text == "楼道灯坏了三天 1")));

        var late = await ReportAsync(attacker, 3);
        var work = Work(late);
        town.Clock.Advance(Challenges.Life);
        await FloodAsync(town);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(attacker, late, 3, ("proof.nonce", work))).Status);
    }

    [Fact]
    public async Task Without_script_a_sum_and_a_moment_of_patience_do_and_only_for_so_many()
    {
        await using var town = await FloodedAsync(o => o.WithoutScript = 5); // one for each block of addresses
        using var resident = await town.HttpAsync();
        var held = await ReportAsync(resident, 1);
        var sum = Sum(held);

        Assert.Contains("再等 20 秒", (await SendAsync(resident, held, 1, ("proof.sum", sum))).Words, StringComparison.Ordinal);
        town.Clock.Advance(TimeSpan.FromSeconds(20));
        await FloodAsync(town);
        Assert.Contains("答案不对", (await SendAsync(resident, held, 1, ("proof.sum", "99"))).Words, StringComparison.Ordinal);
        Assert.StartsWith("/track/", (await SendAsync(resident, held, 1, ("proof.sum", sum))).Path, StringComparison.Ordinal);

        using var bot = await town.HttpAsync();
        var second = await ReportAsync(bot, 2);
        town.Clock.Advance(TimeSpan.FromSeconds(20));
        await FloodAsync(town);
        Assert.Contains("过几分钟再按提交", (await SendAsync(bot, second, 2, ("proof.sum", Sum(second)))).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_is_told_what_work_to_do()
    {
        await using var town = await FloodedAsync();
        using var program = await town.HttpAsync();
        var body = new { serviceType = "old-estate", text = "楼道灯坏了三天", idempotencyKey = "0123456789abcdef" };

        var held = await program.SendJsonAsync(HttpMethod.Post, "/api/requests", body);
        Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_requests"), (held.Status, held.ProblemCode));
        var proof = held.Json().GetProperty("proof");
        var nonce = Work(proof.GetProperty("salt").GetString()!, proof.GetProperty("bits").GetInt32());
        var call = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/requests", UriKind.Relative)) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        call.Headers.Add("X-Linli", "1");
        call.Headers.Add(FloodGate.Header, $"{proof.GetProperty("token").GetString()}:{nonce}");

        Assert.Equal(HttpStatusCode.Created, (await program.SendAsync(call)).Status);
    }

    [Fact]
    public async Task Joining_is_held_back_like_reporting_and_keeps_what_was_written()
    {
        await using var town = await TownAsync();
        using var first = await town.HttpAsync();
        var number = (await ReportAsync(first, 1)).Path.Split('/')[^1];
        await FloodAsync(town);
        using var other = await town.HttpAsync();

        var held = await other.PostFormAsync($"/requests/{number}/join", ("text", "我家也是"), ("idempotencyKey", "fedcba9876543210"));
        Assert.Equal(HttpStatusCode.TooManyRequests, held.Status);
        Assert.Equal("我家也是", held.Page.QuerySelector("form[action$='/join'] textarea[name=text]")!.TextContent);
        var joined = await other.PostFormAsync($"/requests/{number}/join", ("text", "我家也是"), ("idempotencyKey", "fedcba9876543210"), ("proof.token", TokenOf(held)), ("proof.nonce", Work(held)));
        Assert.StartsWith("/track/", joined.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_who_file_for_somebody_are_never_held_back()
    {
        await using var town = await FloodedAsync();
        using var staff = await town.HttpAsync("wangge1");

        var filed = await staff.PostFormAsync("/work/file", ("serviceType", "old-estate"), ("text", "楼道灯坏了三天"), ("idempotencyKey", "0123456789abcdef"));

        Assert.StartsWith("/work/filed/", filed.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_flood_is_over_nobody_is_asked_any_more()
    {
        await using var town = await FloodedAsync();
        town.Clock.Advance(TimeSpan.FromMinutes(2));
        using var resident = await town.HttpAsync();

        Assert.StartsWith("/track/", (await ReportAsync(resident, 1)).Path, StringComparison.Ordinal);
    }

    /// <summary>A county in which many report every minute of the day is used to it.</summary>
    [Fact]
    public void What_is_usual_is_learned()
    {
        var clock = new TestClock(TestClock.MondayMorning);
        var gauge = new FloodGauge(clock, Microsoft.Extensions.Options.Options.Create(new FloodOptions { PerMinute = 40, PerBlock = 100_000 }));
        double Minute(int tries)
        {
            var most = 0.0;
            for (var i = 0; i < tries; i++)
            {
                most = Math.Max(most, gauge.Count($"block {i % 50}"));
            }

            clock.Advance(TimeSpan.FromMinutes(1));
            return most;
        }

        Assert.True(Minute(60) > 1);
        for (var i = 0; i < 3 * 24 * 60; i++)
        {
            Minute(30);
        }

        Assert.True(Minute(60) <= 1, "Twice the usual is no flood.");
        Assert.True(Minute(400) > 1);
    }

    private static Task<Town> TownAsync(Action<FloodOptions>? flood = null) => Town.FoundAsync(new TownOptions
    {
        Settings = services => services.Configure<FloodOptions>(o =>
        {
            (o.Enabled, o.PerMinute, o.PerBlock, o.Bits) = (true, 10, 10, 4);
            flood?.Invoke(o);
        }),
    });

    private static async Task<Town> FloodedAsync(Action<FloodOptions>? flood = null)
    {
        var town = await TownAsync(flood);
        await FloodAsync(town);
        return town;
    }

    private static async Task FloodAsync(Town town)
    {
        using var bot = await town.HttpAsync();
        for (var i = 0; i < 15; i++)
        {
            await bot.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = "old-estate", text = "" });
        }
    }

    private static Task<Answer> ReportAsync(Visitor visitor, int which, string? text = null) =>
        visitor.PostFormAsync("/report", ("serviceType", "old-estate"), ("text", text ?? $"楼道灯坏了三天 {which}"), ("idempotencyKey", $"0123456789abcdef{which}"));

    private static Task<Answer> SendAsync(Visitor visitor, Answer held, int which, (string, string) proof) =>
        visitor.PostFormAsync("/report", ("serviceType", "old-estate"), ("text", $"楼道灯坏了三天 {which}"), ("idempotencyKey", $"0123456789abcdef{which}"), ("proof.token", TokenOf(held)), proof);

    private static string TokenOf(Answer held) => held.Page.QuerySelector("input[name='proof.token']")!.GetAttribute("value")!;

    private static string Sum(Answer held)
    {
        var words = held.Page.QuerySelector("linli-proof label")!.TextContent.Split(' ');
        return (int.Parse(words[0], null) + int.Parse(words[2], null)).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Work(Answer held)
    {
        var asked = held.Page.QuerySelector("linli-proof")!;
        return Work(asked.GetAttribute("salt")!, int.Parse(asked.GetAttribute("bits")!, null));
    }

    private static string Work(string salt, int bits)
    {
        for (var i = 0; ; i++)
        {
            var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{salt}:{i}"));
            if (System.Numerics.BitOperations.LeadingZeroCount(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash)) >= bits)
            {
                return i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }
    }
}
