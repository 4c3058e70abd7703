using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Storage;
using Linli.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Evidence;

public sealed class EvidenceCheckTests
{
    [Fact]
    public async Task The_check_finds_what_is_missing_changed_and_left_over()
    {
        await using var town = await Town.FoundAsync();
        await CheckAsync(town);
    }

    internal static async Task CheckAsync(Town town)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var resident = await town.HttpAsync();
        var (_, missing, changed) = (await resident.SendAsync(Pictures.Png(30, 30)), await resident.SendAsync(Pictures.Png(31, 31)), await resident.SendAsync(Pictures.Png(32, 32)));
        await resident.SendAsync(Pictures.Png(30, 30));
        var before = await RunAsync(town);
        Assert.Equal((3, 0), (before.Files, before.Flaws.Count));

        var vault = town.Services.GetRequiredService<IEvidenceVault>();
        await vault.DeleteAsync(EvidenceNames.Of((await town.FileAsync(missing)).Sha256), cancellation);
        await PutAsync(town, vault, EvidenceNames.Of((await town.FileAsync(changed)).Sha256), "others");
        await PutAsync(town, vault, EvidenceNames.Of(new string('e', 64)), "nobody's");
        town.Clock.Set(TimeProvider.System.GetUtcNow().AddDays(2)); // bytes on their way are no orphans; the vault's clock is the machine's

        var (files, flaws) = await RunAsync(town);
        Assert.Equal(3, files);
        Assert.Equal(
            [(EvidenceFlaw.Missing, missing), (EvidenceFlaw.Changed, changed), (EvidenceFlaw.Orphan, Guid.Empty)],
            flaws.OrderBy(f => f.Flaw).Where(f => !EvidenceNames.IsThumbnail(f.Name)).Select(f => (f.Flaw, f.Ids.Count == 1 ? f.Ids[0] : Guid.Empty)));
    }

    private static async Task<(int Files, IReadOnlyList<FlawedEvidence> Flaws)> RunAsync(Town town)
    {
        var found = await town.InScopeAsync((EvidenceCheck check) => check.RunAsync());
        return (found.Files, found.Flaws);
    }

    private static async Task PutAsync(Town town, IEvidenceVault vault, string name, string text)
    {
        using var file = town.Services.GetRequiredService<IncomingFiles>().New();
        await File.WriteAllTextAsync(file.Path, text);
        await vault.PutAsync(name, file.Path, CancellationToken.None);
    }
}
