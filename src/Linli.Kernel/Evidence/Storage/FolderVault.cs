namespace Linli.Kernel.Evidence.Storage;

/// <summary>Bytes as files of one folder. Its folders of more than two letters, such as <c>incoming</c>, are none of its business, but for <c>aside</c>.</summary>
/// <remarks>What is put must lie on the same file system: then it is renamed, and appears whole.</remarks>
public sealed class FolderVault(string folder) : IEvidenceVault
{
    public Task PutAsync(string name, string path, CancellationToken cancellation)
    {
        // Without this a power cut could leave the name without the bytes.
        using (var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(handle);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.Move(path, PathOf(name), overwrite: true);
        return Task.CompletedTask;
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(
                PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 81_920, FileOptions.Asynchronous));
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<bool> MoveAsync(string from, string to, CancellationToken cancellation)
    {
        if (!File.Exists(PathOf(from)))
        {
            return Task.FromResult(false);
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(to))!);
            File.Move(PathOf(from), PathOf(to), overwrite: true);
            return Task.FromResult(true);
        }
        catch (FileNotFoundException)
        {
            return Task.FromResult(false); // another instance was faster
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancellation)
    {
        if (Directory.Exists(Path.GetDirectoryName(PathOf(name))))
        {
            File.Delete(PathOf(name));
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<KeptBytes> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var inside in Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateDirectories().Where(IsOurs) : [])
        {
            foreach (var file in inside.EnumerateFiles())
            {
                cancellation.ThrowIfCancellationRequested();
                yield return new KeptBytes($"{inside.Name}/{file.Name}", file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));
            }
        }
    }

    private static bool IsOurs(DirectoryInfo inside) => inside.Name.Length == 2 || inside.Name == EvidenceNames.Aside;

    private string PathOf(string name) => Path.Combine(folder, name);
}
