using Linli.EndToEnd.Browsing;
using Linli.Kernel.Evidence;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Linli.EndToEnd.Journeys;

/// <summary>Photos over a line that breaks.</summary>
public sealed class PoorNetworkTests
{
    [Fact]
    public async Task A_photo_of_twelve_megapixels_arrives_with_its_report_over_a_line_that_drops_three_times()
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var line = new CuttingLine(town.Town.Address, after: 150_000, cuts: 3);
        await using var resident = await town.OpenAsync(Screen.Phone);
        var page = resident.Page;
        await page.GotoAsync($"{line.Address}/report?type=old-estate");
        await page.Locator("#f-text").FillAsync("楼道的灯坏了");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "IMG_1.jpg", MimeType = "image/jpeg", Buffer = Pictures.WithPosition(Pictures.Grainy(4_000, 3_000)) });

        // Sent at once, while the photo is still on its way: the form waits for it and then goes by itself.
        await page.Locator(".photos img").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();
        await page.Locator(".receipt").WaitForAsync(new() { Timeout = 60_000 });

        Assert.Equal(0, line.Left);
        var file = await town.Town.ReadAsync(db => db.Set<EvidenceFile>().AsNoTracking().SingleAsync());
        Assert.NotNull(file.ClaimedAt);
        Assert.Equal((1_600, 1_200), (file.Width, file.Height));
        await page.Locator(".photo-strip img").WaitForAsync();
    }

    [Fact]
    public async Task What_has_arrived_is_there_when_the_page_is_loaded_again_and_gone_when_it_was_sent()
    {
        await using var town = await BrowserTown.FoundAsync();
        await using var resident = await town.OpenAsync(Screen.Phone);
        var page = resident.Page;
        await resident.GoAsync("/report?type=old-estate");
        await page.Locator("#f-text").FillAsync("楼道的灯坏了");
        await page.Locator("input[type=file]").SetInputFilesAsync(
        [
            new FilePayload { Name = "IMG_1.jpg", MimeType = "image/jpeg", Buffer = Pictures.Jpeg(600, 400) },
            new FilePayload { Name = "假照片.jpg", MimeType = "image/jpeg", Buffer = [.. "MZ no photo"u8] },
        ]);
        await page.GetByText("内容是 EXE").WaitForAsync();
        await page.Locator("input[name='photos.id']").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        await page.ReloadAsync();
        await page.Locator(".photos").GetByText("IMG_1.jpg").WaitForAsync();
        await resident.PhotographAsync("photos-come-back");
        Assert.DoesNotContain(await resident.FlawsAsync(withAxe: true), flaw => !flaw.Contains("422", StringComparison.Ordinal)); // the refused one
        await page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();
        await page.Locator(".receipt").WaitForAsync();
        await page.Locator(".photo-strip img").WaitForAsync();
        Assert.Equal(1, await town.Town.ReadAsync(db => db.Set<EvidenceFile>().CountAsync(f => f.ClaimedAt != null)));

        await resident.GoAsync("/report?type=old-estate");
        Assert.Equal(0, await page.Locator(".photos li").CountAsync());
    }
}
