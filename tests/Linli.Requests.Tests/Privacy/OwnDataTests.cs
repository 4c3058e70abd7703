using System.IO.Compression;
using System.Net;
using Linli.Requests.Privacy;
using Linli.Requests.Tests.Loop;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Privacy;

/// <summary>The rights of the person concerned: see it all, take it along, correct it, have it deleted, take consent back.</summary>
public sealed class OwnDataTests
{
    [Fact]
    public async Task The_reporter_takes_everything_along_and_nobody_else_gets_it()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);

        var export = (await town.GetOwnAsync(number, "export")).Json<OwnExport>();

        Assert.Equal(new OpenContact("郝晓燕", "13912345678", "hao.xiaoyan@example.org", "紫团路七号院", "微信haoxy"), export.Contact);
        Assert.Equal("楼道灯坏了，请打 13887654321", export.Originals["text"]);
        foreach (var other in new[] { "paidan", "duban", "shenji" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await (await town.AsAsync(other)).GetAsync($"/api/requests/{number}/export")).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await (await town.Town.HttpAsync()).GetAsync($"/track/{number}/export")).Status);
    }

    [Fact]
    public async Task On_the_device_it_is_a_file_with_a_page_data_and_photos()
    {
        await using var town = await LoopTown.FoundAsync();
        using var resident = await town.Town.HttpAsync();
        await resident.PostFormAsync("/report", ("serviceType", LoopTown.Plain), ("text", "灯坏了"), ("phone", "13912345678"), ("idempotencyKey", Guid.NewGuid().ToString("N")));
        var number = await town.Town.ReadAsync(db => db.Set<ServiceRequest>().Select(r => r.Number).SingleAsync());

        var file = await resident.GetAsync($"/track/{number}/export");

        Assert.Equal("application/zip", file.ContentType);
        using var zip = new ZipArchive(new MemoryStream(file.Bytes));
        Assert.Equal(["data.json", "index.html"], zip.Entries.Select(e => e.FullName));
        using var page = new StreamReader(zip.GetEntry("index.html")!.Open());
        Assert.Contains("13912345678", await page.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_is_corrected_and_removed_at_any_time()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);
        var id = (await town.LoadAsync(number)).Id;

        Assert.Equal(HttpStatusCode.OK, (await town.SendOwnAsync(HttpMethod.Put, number, "own-contact", new { phone = "13700000007" })).Status);
        Assert.Equal(new OpenContact(null, "13700000007", null, null, null), await town.Town.InScopeAsync((OpenParts open) => open.ContactAsync(id, default)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await town.SendOwnAsync(HttpMethod.Put, number, "own-contact", new { phone = "seven" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await town.SendOwnAsync(HttpMethod.Put, number, "own-contact", new { })).Status);
        Assert.Null(await town.Town.InScopeAsync((OpenParts open) => open.ContactAsync(id, default)));
        Assert.DoesNotContain("13700000007", await StoreContents.ReadAsync(town.Town), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletion_waits_until_the_end_is_confirmed_can_be_taken_back_and_then_happens()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);
        Assert.Equal("deletion_while_open", (await town.SendOwnAsync(HttpMethod.Put, number, "deletion", new { isConfirmed = true })).ProblemCode);
        await town.DoAsync(LoopTown.Reporter, number, "withdrawal");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await town.SendOwnAsync(HttpMethod.Put, number, "deletion", new { })).Status);

        Assert.Equal(HttpStatusCode.OK, (await town.SendOwnAsync(HttpMethod.Put, number, "deletion", new { isConfirmed = true })).Status);
        Assert.Equal(0, await town.Town.InScopeAsync((AnonymiseRequests all) => all.RunAsync(default)));
        Assert.Equal(HttpStatusCode.OK, (await town.SendOwnAsync(HttpMethod.Delete, number, "deletion")).Status);
        town.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(0, await town.Town.InScopeAsync((AnonymiseRequests all) => all.RunAsync(default)));

        await town.SendOwnAsync(HttpMethod.Put, number, "deletion", new { isConfirmed = true });
        town.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(1, await town.Town.InScopeAsync((AnonymiseRequests all) => all.RunAsync(default)));
        Assert.NotNull((await town.LoadAsync(number)).AnonymisedAt);
    }

    [Fact]
    public async Task What_the_law_keeps_is_not_deleted_and_the_reporter_is_told_why()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await SealedDataTests.ReportAsync(town);
        await town.DoAsync(LoopTown.Reporter, number, "withdrawal");
        await (await town.AsAsync("duban")).SendJsonAsync(HttpMethod.Put, $"/api/requests/{number}/legal-hold", new { reason = "诉讼" });

        Assert.Equal("deletion_while_held", (await town.SendOwnAsync(HttpMethod.Put, number, "deletion", new { isConfirmed = true })).ProblemCode);
    }

    [Fact]
    public async Task A_public_request_is_taken_down_on_its_reporters_wish_and_by_staff_with_a_reason()
    {
        await using var town = await LoopTown.FoundAsync();
        var (own, other) = ((await town.ReportAsync()).Number, (await town.ReportAsync()).Number);
        using var anybody = await town.Town.HttpAsync();
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync($"/requests/{own}")).Status);

        await town.DoAsync(LoopTown.Reporter, own, "unpublication");
        await town.RefusedAsync("paidan", other, "unpublication", new { }, HttpStatusCode.UnprocessableEntity, "invalid");
        await town.DoAsync("paidan", other, "unpublication", new { reason = "写了别人的名字" });

        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync($"/requests/{own}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync($"/api/requests/{other}")).Status);
        await town.RefusedAsync("paidan", other, "unpublication", new { reason = "x" }, HttpStatusCode.Conflict, "not_published");
    }
}
