using Linli.Kernel.Evidence;

namespace Linli.Kernel.Tests.Evidence;

public sealed class EvidenceStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linli-store-");
    private readonly EvidenceStore _store;

    public EvidenceStoreTests() => _store = new EvidenceStore(new EvidenceOptions { Folder = _folder.FullName });

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Bytes_are_kept_under_their_hash_and_nothing_else_is_left()
    {
        var hash = await KeepAsync("hello"u8.ToArray());
        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", hash);
        Assert.Equal("hello", Read(hash));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "2c", hash[2..])));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "incoming")));
    }

    [Fact]
    public async Task Too_much_is_read_no_further_and_leaves_nothing()
    {
        Assert.Null(await _store.ReceiveAsync(new MemoryStream(new byte[300_000]), 100_000, None));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "incoming")));
    }

    [Fact]
    public async Task A_broken_connection_leaves_nothing()
    {
        await Assert.ThrowsAsync<IncompleteUploadException>(() => _store.ReceiveAsync(new BrokenStream(), 100_000, None));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "incoming")));
    }

    [Fact]
    public async Task Removed_bytes_are_gone_unless_something_refers_to_them()
    {
        var hash = await KeepAsync([1, 2, 3]);
        await _store.RemoveAsync(hash, () => Task.FromResult(true));
        Assert.NotNull(Read(hash));
        await _store.RemoveAsync(hash, () => Task.FromResult(false));
        Assert.Null(Read(hash));
        Assert.Empty(_folder.GetFiles("*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Bytes_that_arrive_again_while_they_are_removed_stay()
    {
        var hash = await KeepAsync([1, 2, 3]);
        await _store.RemoveAsync(hash, async () =>
        {
            await KeepAsync([1, 2, 3]);
            return false;
        });
        Assert.NotNull(Read(hash));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF")]
    public void Only_hashes_are_names(string name) => Assert.Throws<ArgumentException>(() => _store.Open(name));

    private async Task<string> KeepAsync(byte[] bytes)
    {
        using var file = await _store.ReceiveAsync(new MemoryStream(bytes), 1_000, None);
        var hash = await file!.HashAsync(None);
        _store.Place(hash, file, null);
        return hash;
    }

    private string? Read(string hash)
    {
        using var file = _store.Open(hash);
        return file is null ? null : new StreamReader(file).ReadToEnd();
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("gone");
    }
}
