using System.IO.Compression;
using System.Net;
using Linli.Kernel;
using Linli.Shell.Text;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using static Linli.Requests.Tests.Residents.ResidentTests;

namespace Linli.Requests.Tests.Residents;

/// <summary>A resident with an account takes everything along, deletes it, and sees who looked, over all requests at once.</summary>
public sealed class OwnEverythingTests
{
    private const string Phone = "13800138000";

    [Fact]
    public async Task Everything_of_an_account_comes_in_one_file_and_that_it_was_taken_is_recorded()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        using var resident = await SignedInAsync(town, gateway, Phone);
        var photo = (await resident.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri("/api/evidence", UriKind.Relative)) { Content = new ByteArrayContent(Pictures.Png(40, 30)) { Headers = { ContentType = new("image/png") } } })).Json().GetProperty("id").GetGuid();
        var numbers = new[] { await ReportAsync(resident, new { serviceType = "skills-training", text = "想学电工", phone = "13700137000", photos = new[] { photo }, answers = new { }, idempotencyKey = Guid.NewGuid().ToString("N") }), await FileAsync(resident, "13700137001") };
        using var other = await SignedInAsync(town, gateway, "13900139000");
        var foreign = await FileAsync(other, "13600136000");

        using var desk = await SignedInAsync(town, gateway, Phone);   // another device, where only the account says whose it is
        Assert.Contains("/my/data", (await desk.GetAsync("/track")).Text, StringComparison.Ordinal);
        var zip = await desk.GetAsync("/my/data/export");
        Assert.Equal(("application/zip", "no-store"), (zip.ContentType, zip.Headers["Cache-Control"]));
        var files = Unpacked(zip.Bytes);
        Assert.Equal(["data.json", "index.html", $"photos/{numbers[0]}/{photo:N}.jpg"], files.Keys.Order(StringComparer.Ordinal));
        foreach (var text in new[] { files["index.html"], files["data.json"], (await desk.GetAsync("/api/resident/export")).Text })
        {
            Assert.All(new[] { numbers[0], numbers[1], Phone, "13700137000", "13700137001" }, own => Assert.Contains(own, text, StringComparison.Ordinal));
            Assert.All(new[] { foreign, "13600136000" }, theirs => Assert.DoesNotContain(theirs, text, StringComparison.Ordinal));
        }

        Assert.Equal(4, await town.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Verb == "privacy.export" && (e.Subject == numbers[0] || e.Subject == numbers[1]))));
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync($"/files/{photo}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/files/{photo}")).Status);
        using var nobody = await town.HttpAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/resident/export")).Status);
    }

    [Fact]
    public async Task An_account_without_requests_takes_its_sign_ins_along_in_a_file_that_says_from_where_and_when()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        using var resident = await SignedInAsync(town, gateway, Phone);
        var zip = await resident.GetAsync("/my/data/export");
        var page = WebUtility.HtmlDecode(Unpacked(zip.Bytes)["index.html"]);
        Assert.All(new[] { "登录记录", "最近使用", "没有人看过", "width=device-width" }, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Contains(Uri.EscapeDataString($"邻里-{LocalTime.Of(town.Clock.Now):yyyy-MM-dd}.zip"), zip.Headers["Content-Disposition"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletion_over_all_takes_what_may_go_and_says_what_has_to_stay()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        using var resident = await SignedInAsync(town, gateway, Phone);
        var (ended, open) = (await FileAsync(resident, "13700137000"), await FileAsync(resident, "13700137001"));
        Assert.Equal(HttpStatusCode.OK, (await resident.SendJsonAsync(HttpMethod.Put, $"/api/requests/{ended}/withdrawal", new { reason = "不用了" })).Status);

        var unticked = await resident.PostFormAsync("/my/data/deletion");   // as a browser sends it: nothing at all
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unticked.Status);
        Assert.Contains("请勾选确认", unticked.Words, StringComparison.Ordinal);
        var told = await resident.PostFormAsync("/my/data/deletion", ("isConfirmed", "true"));
        Assert.Contains($"诉求 {open} 还在办理", told.Words, StringComparison.Ordinal);
        Assert.Equal([ended], await DueAsync(town));

        await resident.PostFormAsync("/my/data/deletion", ("act", "keep"));
        Assert.Empty(await DueAsync(town));
        Assert.Equal(HttpStatusCode.OK, (await resident.SendJsonAsync(HttpMethod.Put, "/api/resident/deletion", new { isConfirmed = true })).Status);
        Assert.Equal([ended], await DueAsync(town));

        town.Clock.Advance(TimeSpan.FromMinutes(11));   // a telephone that somebody left
        Assert.Equal(HttpStatusCode.Conflict, (await resident.SendJsonAsync(HttpMethod.Put, "/api/resident/deletion", new { isConfirmed = true })).Status);
    }

    [Fact]
    public async Task Who_looked_stands_on_one_page_over_all_requests()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        using var resident = await SignedInAsync(town, gateway, Phone);
        var numbers = new[] { await FileAsync(resident, "13700137000"), await FileAsync(resident, "13700137001") };
        Assert.Contains("还没有人看过", (await resident.GetAsync("/my/data")).Words, StringComparison.Ordinal);
        using var dispatcher = await town.HttpAsync("paidan");
        foreach (var number in numbers)
        {
            Assert.Equal(HttpStatusCode.Created, (await dispatcher.SendJsonAsync(HttpMethod.Post, $"/api/requests/{number}/unmaskings", new { part = "contact", reasonCode = "other", reason = "核对" })).Status);
        }

        var page = await resident.GetAsync("/my/data");
        Assert.All(numbers, number => Assert.Contains($"/track/{number}#looks", page.Text, StringComparison.Ordinal));
        Assert.Contains("派单员", page.Words, StringComparison.Ordinal);
        Assert.Equal(2, (await resident.GetAsync("/api/resident/looks")).Json().GetArrayLength());
        using var other = await SignedInAsync(town, gateway, "13900139000");
        Assert.Equal(0, (await other.GetAsync("/api/resident/looks")).Json().GetArrayLength());
    }

    private static Task<string> FileAsync(Visitor visitor, string phone) =>
        ReportAsync(visitor, new { serviceType = "old-estate", text = "楼道灯坏了", phone, idempotencyKey = Guid.NewGuid().ToString("N") });

    private static Task<List<string>> DueAsync(Town town) => town.ReadAsync(db => db.Set<ServiceRequest>().Where(r => r.DeletionDueAt != null).Select(r => r.Number).ToListAsync());

    private static Dictionary<string, string> Unpacked(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var reader = new StreamReader(e.Open());
            return reader.ReadToEnd();
        });
    }
}
