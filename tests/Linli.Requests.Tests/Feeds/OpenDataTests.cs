using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Requests.OpenData;
using Linli.Requests.Tests.Loop;
using Linli.Requests.Tests.Privacy;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Feeds;

/// <summary>The bundle of a night: whole, described, and without anything about anybody.</summary>
public sealed class OpenDataTests
{
    [Fact]
    public async Task The_bundle_of_a_night_is_whole_and_every_column_is_described()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await MakeAsync(town, days: 1);
        using var reader = await town.Town.HttpAsync();
        var page = await reader.GetAsync("/open-data");
        var answer = await reader.GetAsync(page.Page.QuerySelector("a[download]")!.GetAttribute("href")!);
        Assert.Equal(("application/zip", "public, max-age=3600"), (answer.ContentType, answer.Headers["Cache-Control"]));
        var files = Unpack(answer.Bytes);

        foreach (var line in Text(files["SHA256SUMS"]).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Equal(line[..64], Convert.ToHexStringLower(SHA256.HashData(files[line[66..]])));
        }

        var package = JsonSerializer.Deserialize<JsonElement>(files["datapackage.json"]);
        Assert.Equal("CC-BY-4.0", package.GetProperty("licenses")[0].GetProperty("name").GetString());
        foreach (var resource in package.GetProperty("resources").EnumerateArray())
        {
            var csv = files[resource.GetProperty("path").GetString()!];
            var table = CsvTable.Read(new MemoryStream(csv))!;
            Assert.Equal(resource.GetProperty("schema").GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("name").GetString()), Text(csv).TrimStart('\uFEFF').Split("\r\n")[0].Split(','));
            Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(csv)), resource.GetProperty("hash").GetString());
            Assert.All(resource.GetProperty("schema").GetProperty("fields").EnumerateArray(), f => Assert.Contains($"| `{f.GetProperty("name")}` |", Text(files["README.md"]), StringComparison.Ordinal));
            Assert.NotNull(table);
        }

        var row = Assert.Single(CsvTable.Read(new MemoryStream(files["requests.csv"]))!.Value.Records);
        Assert.Equal((number, "2026-03-02", LoopTown.Chengnan), (row["number"], row["reported_on"], row["area"]));
        Assert.Equal(HttpStatusCode.NotModified, (await reader.SendRawAsync(HttpMethod.Get, answer.Path, null, [("If-None-Match", answer.Headers["ETag"])])).Status);
        Assert.Equal(answer.Bytes, (await reader.GetAsync("/open-data/latest.zip")).Bytes);
    }

    [Fact]
    public async Task Nothing_about_anybody_is_in_it()
    {
        await using var town = await LoopTown.FoundAsync();
        var marks = new Marks();
        await town.SendReportAsync(new
        {
            serviceType = LoopTown.Plain, title = $"题 {marks.Words("title")}", text = $"正文 {marks.Words("text")} {marks.Phone("text phone")}", place = new { area = LoopTown.Chengnan, address = marks.Words("address"), longitude = 113.20643, latitude = 36.1151234 },
            name = marks.Name("name"), phone = marks.Phone("phone"), email = marks.Email("email"), home = marks.Words("home"), idempotencyKey = Guid.NewGuid().ToString("N"),
        });
        var about = (await town.ReportAsync(about: "dept-municipal")).Number;
        await town.ChangeTypeAsync(LoopTown.Plain, t => t.Visibility = Visibility.Private);
        var quiet = (await town.ReportAsync()).Number;
        await MakeAsync(town, days: 1);
        var all = string.Concat(Unpack(await ZipAsync(town)).Values.Select(Text));

        Assert.Empty(marks.In(all));
        Assert.DoesNotContain(about, all, StringComparison.Ordinal);
        Assert.DoesNotContain(quiet, all, StringComparison.Ordinal);
        Assert.DoesNotContain("113.20643", all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, 0, false)]
    [InlineData(10, 0, true)]
    [InlineData(30, 1, false)]   // one who is not public would be left after subtracting the public ones
    [InlineData(30, 9, false)]
    [InlineData(30, 10, true)]
    public void Counts_of_few_are_not_told_neither_by_themselves_nor_by_subtraction(int all, int hidden, bool isTold) => Assert.Equal(isTold, BundleTables.MayBeTold(all, hidden));

    [Fact]
    public async Task Counts_are_told_of_months_that_are_over()
    {
        await using var town = await LoopTown.FoundAsync();
        for (var i = 0; i < BundleTables.Least; i++)
        {
            await town.ReportAsync(text: $"第 {i} 盏灯坏了，请来修");
        }

        await MakeAsync(town, days: 1);
        Assert.Empty(await CountsAsync(town));
        await MakeAsync(town, days: 31);
        var cell = Assert.Single(await CountsAsync(town));
        Assert.Equal(("2026-03", LoopTown.Chengnan[..9], "10"), (cell["month"], cell["town"], cell["requests"]));
    }

    [Fact]
    public async Task One_bundle_is_made_a_night_and_some_nights_are_kept()
    {
        await using var town = await LoopTown.FoundAsync();
        for (var night = 0; night < 16; night++)
        {
            await MakeAsync(town, days: 1);
            await MakeAsync(town, days: 0);
        }

        var days = await town.Town.ReadAsync(db => db.Set<OpenDataNight>().OrderBy(n => n.Day).Select(n => n.Day).ToListAsync());
        Assert.Equal(14, days.Count);
        Assert.Equal(new DateOnly(2026, 3, 17), days[^1]);
        using var reader = await town.Town.HttpAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/open-data/linli-open-data-2026-03-02.zip")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("/open-data/linli-open-data-2026-99-99.zip")).Status);
        Assert.Equal(14, (await reader.GetAsync("/api/public/open-data")).Json<OpenDataLine[]>().Length);
    }

    private static Task MakeAsync(LoopTown town, int days)
    {
        town.Clock.Advance(TimeSpan.FromDays(days));
        return town.Town.InScopeAsync((MakeBundle make) => make.HandleAsync(default));
    }

    private static Task<byte[]> ZipAsync(LoopTown town) => town.Town.ReadAsync(db => db.Set<OpenDataNight>().OrderByDescending(n => n.Day).Select(n => n.Zip).FirstAsync());

    private static async Task<IReadOnlyList<CsvRecord>> CountsAsync(LoopTown town) => [.. CsvTable.Read(new MemoryStream(Unpack(await ZipAsync(town))["counts.csv"]))!.Value.Records];

    private static Dictionary<string, byte[]> Unpack(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var content = e.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
