using System.Net;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Storage;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Evidence;

/// <summary>The product with its evidence in a bucket.</summary>
public sealed class ObjectStorageTests
{
    [Fact]
    public async Task Photos_and_thumbnails_are_kept_in_the_bucket_and_come_back_in_parts()
    {
        await using var town = await EvidenceTown.OnS3Async();
        using var resident = await town.HttpAsync();
        var id = await resident.SendAsync(Pictures.Jpeg(900, 700), "a.jpg");
        await resident.ReportAsync("street-lamp", id);
        var hash = (await town.FileAsync(id)).Sha256;
        Assert.Equal([EvidenceNames.Of(hash), EvidenceNames.ThumbnailOf(hash)], await NamesAsync(town));
        Assert.Empty(town.Stored());

        var whole = await resident.GetAsync($"/files/{id}");
        var thumbnail = await resident.GetAsync($"/files/{id}?thumb");
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (whole.Status, whole.ContentType));
        Assert.True(thumbnail.Bytes.Length < whole.Bytes.Length);
        var request = new HttpRequestMessage(HttpMethod.Get, $"/files/{id}");
        request.Headers.Add("Range", "bytes=100-199");
        var part = await resident.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.Status);
        Assert.Equal(whole.Bytes[100..200], part.Bytes);
    }

    [Fact]
    public async Task What_is_erased_or_forgotten_is_gone_from_the_bucket()
    {
        await using var town = await EvidenceTown.OnS3Async();
        using var resident = await town.HttpAsync();
        var erased = await resident.SendAsync(Pictures.Png(30, 30));
        await resident.SendAsync(Pictures.Png(31, 31));
        Assert.Equal(1, await town.InScopeAsync((EvidenceRemoval removal) => removal.EraseAsync([erased], Linli.Kernel.Act.BySystem("test", town.Clock.Now))));
        Assert.Equal(2, (await NamesAsync(town)).Count);

        town.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, await town.InScopeAsync((EvidenceSweep sweep) => sweep.RunAsync()));
        Assert.Empty(await NamesAsync(town));
    }

    [Fact]
    public async Task The_check_finds_what_is_missing_changed_and_left_over_in_the_bucket()
    {
        await using var town = await EvidenceTown.OnS3Async();
        await EvidenceCheckTests.CheckAsync(town);
    }

    private static async Task<List<string>> NamesAsync(Town town) =>
        await town.Services.GetRequiredService<IEvidenceVault>().ListAsync(TestContext.Current.CancellationToken).Select(k => k.Name).Order(StringComparer.Ordinal).ToListAsync(TestContext.Current.CancellationToken);
}
