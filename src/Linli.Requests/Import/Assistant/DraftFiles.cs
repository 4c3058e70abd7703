using Linli.Kernel;
using Microsoft.AspNetCore.DataProtection;

namespace Linli.Requests.Import.Assistant;

/// <summary>Files that wait to be imported, sealed in the data folder for two days: names and numbers of people stand in them.</summary>
internal sealed class DraftFiles(DataFolder data, IDataProtectionProvider protection, TimeProvider time)
{
    public const int MostBytes = 20 * 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    private string Folder => Path.Combine(data.Path, "imports");

    private IDataProtector Protector => protection.CreateProtector("linli.imports");

    public async Task KeepAsync(Guid id, byte[] content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllBytesAsync(PathOf(id), Protector.Protect(content), cancellation);
    }

    /// <returns>Null when it is gone.</returns>
    public async Task<MemoryStream?> OpenAsync(Guid id, CancellationToken cancellation) =>
        File.Exists(PathOf(id)) ? new MemoryStream(Protector.Unprotect(await File.ReadAllBytesAsync(PathOf(id), cancellation)), writable: false) : null;

    public Task PruneAsync(CancellationToken cancellation)
    {
        var old = time.GetUtcNow() - Kept;
        foreach (var file in Directory.Exists(Folder) ? new DirectoryInfo(Folder).EnumerateFiles().Where(f => f.LastWriteTimeUtc < old.UtcDateTime) : [])
        {
            cancellation.ThrowIfCancellationRequested();
            file.Delete();
        }

        return Task.CompletedTask;
    }

    private string PathOf(Guid id) => Path.Combine(Folder, id.ToString("N"));
}
