using System.Security.Cryptography;
using System.Text;

namespace Linli.Dev;

/// <summary>
/// Whether something must be built again, by names, sizes and times of its sources: asking MSBuild the same question takes seconds.
/// </summary>
internal sealed class Fingerprint
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", "TestResults", "dist"];
    private readonly string _stamp;
    private readonly string _now;

    public Fingerprint(Repository repository, string name, params string[] sources)
    {
        _stamp = Path.Combine(repository.Artifacts, "stamps", name);
        var files = sources.Select(s => repository.At(s)).SelectMany(Files).OrderBy(f => f.FullName, StringComparer.Ordinal)
            .Select(f => $"{Path.GetRelativePath(repository.Root, f.FullName)} {f.Length} {f.LastWriteTimeUtc.Ticks}");
        _now = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files))));
    }

    public bool Changed => !File.Exists(_stamp) || File.ReadAllText(_stamp) != _now;

    public void Keep()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_stamp)!);
        File.WriteAllText(_stamp, _now);
    }

    private static IEnumerable<FileInfo> Files(string path) =>
        File.Exists(path) ? [new FileInfo(path)] : !Directory.Exists(path) ? [] : In(new DirectoryInfo(path));

    private static IEnumerable<FileInfo> In(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(d => !Skipped.Contains(d.Name)).SelectMany(In));
}
