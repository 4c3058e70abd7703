using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Storage;

namespace Linli.Kernel.Tests.Evidence;

public sealed class EvidenceStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linli-store-");
    private readonly EvidenceStore _store;
    private readonly IncomingFiles _incoming;

    public EvidenceStoreTests()
    {
        _store = new EvidenceStore(new FolderVault(_folder.FullName));
        _incoming = new IncomingFiles(new EvidenceOptions { Folder = _folder.FullName });
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Bytes_are_kept_under_their_hash_and_nothing_else_is_left()
    {
        var hash = await KeepAsync("hello"u8.ToArray());
        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", hash);
        Assert.Equal("hello", await ReadAsync(hash));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "2c", hash[2..])));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "incoming")));
    }

    [Fact]
    public async Task Too_much_is_read_no_further_and_leaves_nothing()
    {
        Assert.Null(await _incoming.ReceiveAsync(new MemoryStream(new byte[300_000]), 100_000, None));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "incoming")));
    }

    [Fact]
    public async Task A_broken_connection_leaves_nothing()
    {
        await Assert.ThrowsAsync<IncompleteUploadException>(() => _incoming.ReceiveAsync(new BrokenStream(), 100_000, None));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "incoming")));
    }

    [Fact]
    public async Task Removed_bytes_are_gone_unless_something_refers_to_them()
    {
        var hash = await KeepAsync([1, 2, 3]);
        await _store.RemoveAsync(hash, () => Task.FromResult(true), None);
        Assert.NotNull(await ReadAsync(hash));
        await _store.RemoveAsync(hash, () => Task.FromResult(false), None);
        Assert.Null(await ReadAsync(hash));
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
        }, None);
        Assert.NotNull(await ReadAsync(hash));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_removal_that_a_crash_interrupted_is_ended_later(bool isReferredTo)
    {
        var hash = await KeepAsync("hello"u8.ToArray());
        await Assert.ThrowsAsync<TimeoutException>(() => _store.RemoveAsync(hash, () => throw new TimeoutException("the database is away"), None));
        Assert.Null(await ReadAsync(hash));

        var later = DateTimeOffset.MaxValue;
        Assert.Equal(isReferredTo ? 0 : 1, await _store.EndRemovalsBeforeAsync(later, asked => Task.FromResult(asked == hash && isReferredTo), None));
        Assert.Equal(isReferredTo ? "hello" : null, await ReadAsync(hash));
        Assert.Equal(isReferredTo ? 1 : 0, _folder.GetFiles("*", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF")]
    public Task Only_hashes_are_names(string name) => Assert.ThrowsAsync<ArgumentException>(() => _store.OpenAsync(name, thumbnail: false, None));

    private async Task<string> KeepAsync(byte[] bytes)
    {
        using var file = await _incoming.ReceiveAsync(new MemoryStream(bytes), 1_000, None);
        var hash = await file!.HashAsync(None);
        await _store.PlaceAsync(hash, file, null, None);
        return hash;
    }

    private async Task<string?> ReadAsync(string hash)
    {
        if (await _store.OpenAsync(hash, thumbnail: false, None) is not { } opened)
        {
            return null;
        }

        using var text = new StreamReader(opened.Content);
        return await text.ReadToEndAsync(None);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("gone");
    }
}
