using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Storage;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Evidence;

/// <summary>A deleted file is gone.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task The_files_of_a_record_are_gone_with_bytes_and_thumbnails_unless_another_record_has_the_same()
    {
        await using var town = await Town.FoundAsync();
        using var resident = await town.HttpAsync();
        var (own, shared, others) = (await resident.SendAsync(Pictures.Png(30, 30)), await resident.SendAsync(Pictures.Png(31, 31)), await resident.SendAsync(Pictures.Png(31, 31)));
        var hash = (await town.FileAsync(others)).Sha256;

        Assert.Equal(2, await EraseAsync(town, own, shared));
        Assert.Equal([others], await town.ReadAsync(db => db.Set<EvidenceFile>().Select(f => f.Id).ToListAsync()));
        Assert.Equal([EvidenceNames.Of(hash), EvidenceNames.ThumbnailOf(hash)], town.Stored());

        Assert.Equal(1, await EraseAsync(town, others));
        Assert.Empty(town.Stored());
        Assert.Equal(0, await EraseAsync(town, others));
    }

    [Fact]
    public async Task Bytes_whose_removal_never_came_after_the_commit_are_found_by_the_sweep()
    {
        await using var town = await Town.FoundAsync();
        using var resident = await town.HttpAsync();
        var id = await resident.SendAsync(Pictures.Png(30, 30));
        await town.InScopeAsync(async (IServiceProvider scope) =>
        {
            var (db, removal) = ((LinliDb)scope.GetService(typeof(LinliDb))!, (EvidenceRemoval)scope.GetService(typeof(EvidenceRemoval))!);
            await removal.TakeOutAsync([id]);
            await db.CommitAsync(Act.BySystem("test", town.Clock.Now)); // and here the power fails
        });
        Assert.Equal(2, town.Stored().Count);

        town.Clock.Set(TimeProvider.System.GetUtcNow().AddDays(2)); // files have the machine's time
        Assert.Equal(1, await town.InScopeAsync((EvidenceSweep sweep) => sweep.RunAsync()));
        Assert.Empty(town.Stored());
    }

    private static Task<int> EraseAsync(Town town, params Guid[] files) =>
        town.InScopeAsync((EvidenceRemoval removal) => removal.EraseAsync(files, Act.BySystem("test.erase", town.Clock.Now)));
}
