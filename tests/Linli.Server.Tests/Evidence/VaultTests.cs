using System.Text;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Storage;
using Linli.Server.Tests.Evidence.Outside;
using Linli.Shell.Evidence;
using Linli.Testing;

namespace Linli.Server.Tests.Evidence;

/// <summary>What every vault does alike: a folder, and a real server that speaks S3.</summary>
public sealed class VaultTests : IDisposable
{
    private static readonly string Name = EvidenceNames.Of(new string('a', 64));
    private static readonly string Other = EvidenceNames.Of(new string('b', 64));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linli-vault-");
    private EvidenceVaults? _vaults;

    public void Dispose()
    {
        _vaults?.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(VaultKind.Folder)]
    [InlineData(VaultKind.S3)]
    public async Task What_is_put_is_read_whole_or_from_anywhere_and_listed(VaultKind kind)
    {
        var vault = await VaultAsync(kind);
        Assert.Null(await vault.OpenAsync(Name, None));
        Assert.Empty(await vault.ListAsync(None).ToListAsync(None));
        await PutAsync(vault, Name, "0123456789");

        await using var content = (await vault.OpenAsync(Name, None))!;
        Assert.Equal((10L, "0123456789"), (content.Length, await RestAsync(content)));
        content.Position = 7;
        Assert.Equal("789", await RestAsync(content));
        content.Seek(-2, SeekOrigin.End);
        Assert.Equal("89", await RestAsync(content));
        Assert.Equal(0, await content.ReadAsync(new byte[1], None));
        Assert.Equal([(Name, 10L)], await vault.ListAsync(None).Select(k => (k.Name, k.Length)).ToListAsync(None));

        await PutAsync(vault, Name, "new");
        await using var replaced = (await vault.OpenAsync(Name, None))!;
        Assert.Equal("new", await RestAsync(replaced));
    }

    [Theory]
    [InlineData(VaultKind.Folder)]
    [InlineData(VaultKind.S3)]
    public async Task What_is_moved_or_deleted_is_gone_from_where_it_was(VaultKind kind)
    {
        var vault = await VaultAsync(kind);
        await PutAsync(vault, Name, "x");
        Assert.True(await vault.MoveAsync(Name, Other, None));
        Assert.False(await vault.MoveAsync(Name, Other, None));
        Assert.Null(await vault.OpenAsync(Name, None));
        Assert.Equal([Other], await vault.ListAsync(None).Select(k => k.Name).ToListAsync(None));

        await vault.DeleteAsync(Other, None);
        await vault.DeleteAsync(Other, None);
        Assert.Empty(await vault.ListAsync(None).ToListAsync(None));
    }

    [Fact]
    public async Task A_bucket_takes_nothing_from_another_key()
    {
        var options = await S3Server.OptionsAsync();
        options.AccessKey = "ANOTHER";
        using var vaults = new EvidenceVaults(new EvidenceOptions { Folder = _folder.FullName, Bucket = options });
        var refused = await Assert.ThrowsAsync<Amazon.S3.AmazonS3Exception>(() => PutAsync(vaults.Of(VaultKind.S3), Name, "x"));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Files_move_to_another_vault_and_what_is_damaged_does_not()
    {
        var (from, to) = (await VaultAsync(VaultKind.Folder), await VaultAsync(VaultKind.S3));
        var good = EvidenceNames.Of("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        await PutAsync(from, good, "hello");
        await PutAsync(from, good + ".thumb", "small");
        await PutAsync(from, Name, "not its content");
        var move = new EvidenceMove(new IncomingFiles(new EvidenceOptions { Folder = _folder.FullName }));

        var first = await move.RunAsync(from, to, cancellation: None);
        Assert.Equal((2, 0, Name), (first.Copied, first.ThereAlready, Assert.Single(first.Damaged)));
        Assert.Equal(2, (await move.RunAsync(from, to, cancellation: None)).ThereAlready);
        await using var moved = (await to.OpenAsync(good, None))!;
        Assert.Equal("hello", await RestAsync(moved));
    }

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private async Task<IEvidenceVault> VaultAsync(VaultKind kind)
    {
        _vaults ??= new EvidenceVaults(new EvidenceOptions { Folder = _folder.FullName, Bucket = await S3Server.OptionsAsync() });
        return _vaults.Of(kind);
    }

    private async Task PutAsync(IEvidenceVault vault, string name, string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "incoming")).FullName, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(path, text, None);
        await vault.PutAsync(name, path, None);
    }

    private static async Task<string> RestAsync(Stream content)
    {
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, None);
        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
