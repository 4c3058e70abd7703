using Linli.Kernel;
using Linli.Kernel.Privacy;

namespace Linli.Database.Archive;

/// <summary>The files without which a moved store cannot be read: the keys of personal data, of the audit log and of cookies.</summary>
internal sealed class ArchiveKeys(DataFolder data, KeyRing ring)
{
    private const string Privacy = "privacy/";
    private const string Others = "keys/";

    public IReadOnlyDictionary<string, byte[]> Read()
    {
        var files = new Dictionary<string, byte[]>();
        AddFrom(data.Keys, Others, files);
        AddFrom(ring.Folder, Privacy, files);
        foreach (var twice in files.Keys.Where(k => k.StartsWith(Others + Privacy, StringComparison.Ordinal)).ToList())
        {
            files.Remove(twice);
        }

        return files;
    }

    /// <exception cref="ArchiveRefusedException">Another key is there under the same name; nothing is written.</exception>
    public void Write(IReadOnlyDictionary<string, byte[]> files)
    {
        var places = files.Select(f => (Path: PathOf(f.Key), f.Value)).ToList();
        if (places.Find(p => File.Exists(p.Path) && !File.ReadAllBytes(p.Path).AsSpan().SequenceEqual(p.Value)) is { Path: { } other })
        {
            throw new ArchiveRefusedException("密钥文件 {0} 已经在那里，而且与存档里的不同。请换一个空的数据目录；没有写任何东西。", other);
        }

        foreach (var (path, bytes) in places.Where(p => !File.Exists(p.Path)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write });
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
    }

    private static void AddFrom(string folder, string prefix, Dictionary<string, byte[]> files)
    {
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            files[prefix + Path.GetRelativePath(folder, path).Replace('\\', '/')] = File.ReadAllBytes(path);
        }
    }

    private string PathOf(string name)
    {
        var folder = Path.GetFullPath(name.StartsWith(Privacy, StringComparison.Ordinal) ? ring.Folder : data.Keys);
        var path = Path.GetFullPath(name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..], folder);
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : throw new ArchiveRefusedException("存档不完整或被改动：{0}。", name);
    }
}
