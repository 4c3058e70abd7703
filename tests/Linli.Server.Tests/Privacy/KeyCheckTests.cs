using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Server.Tests.Verbs;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Privacy;

/// <summary>A store and its keys belong together; a start without them is refused before anything is written.</summary>
public sealed class KeyCheckTests
{
    [Fact]
    public async Task A_new_store_gets_its_keys_once_and_remembers_their_names_alone()
    {
        await using var town = await Town.FoundAsync();

        await EnsureAsync(town);
        await EnsureAsync(town);

        var known = await town.ReadAsync(db => db.Set<KnownKey>().AsNoTracking().ToListAsync());
        var ring = town.Services.GetRequiredService<KeyRing>();
        Assert.Equal(new[] { ring.Current.Id, ring.Index.Id }.Order(), known.Select(k => k.Id).Order());
        Assert.DoesNotContain(known, k => k.Proof.Contains(Convert.ToBase64String(ring.Current.Bytes), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_its_keys_a_store_is_refused_and_nothing_is_made_in_their_place()
    {
        await using var town = await Town.FoundAsync();
        await EnsureAsync(town);
        Directory.Delete(town.Store.Data.SealingKeys, recursive: true);

        var (exitCode, _, error) = await CommandLine.RunAsync(town.Store, "migrate");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("The database holds encrypted personal data, but there is no key in the key folder", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(town.Store.Data.SealingKeys));
    }

    [Fact]
    public async Task A_missing_key_and_another_stores_key_are_named()
    {
        await using var town = await Town.FoundAsync();
        await EnsureAsync(town);
        var ring = town.Services.GetRequiredService<KeyRing>();
        var file = Path.Combine(ring.Folder, ring.Current.Id + ".key");
        var old = await File.ReadAllTextAsync(file);
        var id = ring.Current.Id;

        ring.Add();
        File.Delete(file);
        Assert.Contains(id, (await Assert.ThrowsAsync<KeysRefusedException>(() => RestartedAsync(town))).Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, old.Replace(Convert.ToBase64String(Bytes(old)), Convert.ToBase64String(new byte[32]), StringComparison.Ordinal));
        Assert.Contains("不是这个数据库", (await Assert.ThrowsAsync<KeysRefusedException>(() => RestartedAsync(town))).Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, old);
        await RestartedAsync(town);
    }

    private static byte[] Bytes(string file) => System.Text.Json.JsonDocument.Parse(file).RootElement.GetProperty("bytes").GetBytesFromBase64();

    private static async Task RestartedAsync(Town town)
    {
        await using var again = Town.On(town.Store, keepsStore: true);
        await EnsureAsync(again);
    }

    private static Task EnsureAsync(Town town) => town.InScopeAsync((KeyCheck check) => check.EnsureAsync(CancellationToken.None));
}
