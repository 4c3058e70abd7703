using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Linli.Kernel;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Feeds;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Requests.Tests.Feeds;

/// <summary>The calendar at a secret address, read by a reader that others wrote (tests/ical).</summary>
public sealed class CalendarTests
{
    [Fact]
    public async Task A_calendar_program_reads_the_due_times_of_ones_own_work()
    {
        await using var town = await LoopTown.FoundAsync();
        var mine = (await town.ReportAsync(text: "灯坏了，打电话给王小明")).Number;
        await town.DoAsync("paidan", mine, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", mine, "signature");
        await town.ReportAsync();   // with the dispatchers
        await town.ChangeTypeAsync(LoopTown.Plain, t => t.IsSensitive = true);
        var address = await AddressAsync(town, "shizheng");

        using var program = await town.Town.HttpAsync();
        var answer = await program.GetAsync(address);
        Assert.Equal(("text/calendar", "max-age=900, private"), (answer.ContentType, answer.Headers["Cache-Control"]));
        var read = await ReadAsync(answer.Text);
        Assert.Equal("2.0", read.GetProperty("version").GetString());
        var entry = Assert.Single(read.GetProperty("events").EnumerateArray().ToList());
        Assert.Equal((await town.LoadAsync(mine)).NextDueAt!.Value, entry.GetProperty("start").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        Assert.Equal($"request-{mine}@linli", entry.GetProperty("uid").GetString());
        Assert.Contains($"{mine} ", entry.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.EndsWith($"/work/requests/{mine}", entry.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("王小明", answer.Text, StringComparison.Ordinal);

        var again = await program.SendRawAsync(HttpMethod.Get, address, null, [("If-None-Match", answer.Headers["ETag"])]);
        Assert.Equal((HttpStatusCode.NotModified, 0), (again.Status, again.Bytes.Length));
    }

    [Fact]
    public async Task Sensitive_matters_and_complaints_are_not_in_it()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ReportAsync(about: "dept-municipal");
        await town.ChangeTypeAsync(LoopTown.Plain, t => t.IsSensitive = true);
        await town.ReportAsync();
        using var program = await town.Town.HttpAsync();
        foreach (var login in new[] { "paidan", "duban" })
        {
            Assert.Empty((await ReadAsync((await program.GetAsync(await AddressAsync(town, login))).Text)).GetProperty("events").EnumerateArray());
        }
    }

    [Fact]
    public async Task An_address_ends_when_it_is_renewed_or_taken_away_and_with_the_account()
    {
        await using var town = await LoopTown.FoundAsync();
        using var program = await town.Town.HttpAsync();
        var first = await AddressAsync(town, "shizheng");
        var second = await AddressAsync(town, "shizheng");
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync(first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync(second)).Status);

        await (await town.AsAsync("shizheng")).SendJsonAsync(HttpMethod.Delete, "/api/me/calendar-feed");
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync(second)).Status);

        var third = await AddressAsync(town, "shizheng");
        var person = (await town.ActorAsync("shizheng")).Id;
        Assert.Equal(HttpStatusCode.OK, (await (await town.AsAsync("guanli")).SendJsonAsync(HttpMethod.Put, $"/api/people/{person}/active", new { isActive = false })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync(third)).Status);
        Assert.DoesNotContain(third[16..^4], await StoreContents.ReadAsync(town.Town), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_is_made_on_ones_own_page_and_shown_once()
    {
        await using var town = await LoopTown.FoundAsync();
        var staff = await town.AsAsync("shizheng");
        var made = await staff.SubmitAsync(await staff.GetAsync("/me/calendar"), "form[action$='/renewal']");
        Assert.Matches("/feeds/calendar/[0-9a-f]{48}\\.ics", made.Words);
        Assert.DoesNotMatch("/feeds/calendar/[0-9a-f]{48}\\.ics", (await staff.GetAsync("/me/calendar")).Text);
    }

    /// <summary>Whatever stands in names and places, the file stays one that others can read.</summary>
    [Fact]
    public async Task Long_lines_commas_and_line_breaks_arrive_as_they_were()
    {
        const string Title = "很长的标题，有逗号, 分号; 反斜杠\\ 和\n换行，一直写到超过七十五个字节为止，再写一点，再写一点";
        var read = await ReadAsync(CalendarFeedEndpoints.Write([new CalendarEntry("a-1", Title, TestClock.MondayMorning, TestClock.MondayMorning.AddHours(1), "/work", TestClock.MondayMorning)], "https://linli.example", "日历"));

        var entry = Assert.Single(read.GetProperty("events").EnumerateArray().ToList());
        Assert.Equal((Title, "https://linli.example/work"), (entry.GetProperty("summary").GetString(), entry.GetProperty("url").GetString()));
        Assert.Equal(TestClock.MondayMorning.AddHours(1), entry.GetProperty("end").GetDateTimeOffset());
    }

    private static async Task<string> AddressAsync(LoopTown town, string login)
    {
        var answer = await (await town.AsAsync(login)).SendJsonAsync(HttpMethod.Put, "/api/me/calendar-feed");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return new Uri(answer.Json<CalendarAddress>().Address).AbsolutePath;
    }

    private static async Task<JsonElement> ReadAsync(string calendar)
    {
        var folder = Repository.At("tests", "ical");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "Run npm ci in tests/ical, or `dotnet dev.cs test`, which does.");
        using var process = Process.Start(new ProcessStartInfo("node", "read.mjs") { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new System.Text.UTF8Encoding(false), StandardOutputEncoding = System.Text.Encoding.UTF8 })!;
        await process.StandardInput.WriteAsync(calendar);
        process.StandardInput.Close();
        var (read, complaint) = (await process.StandardOutput.ReadToEndAsync(), await process.StandardError.ReadToEndAsync());
        Assert.True(complaint.Length == 0, complaint);
        return JsonSerializer.Deserialize<JsonElement>(read);
    }
}
