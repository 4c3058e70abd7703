using System.Globalization;

namespace Linli.Kernel.Audit;

/// <summary>The checkpoints in the data folder, outside the database. Each may be handed to whoever is to hold Linli to it.</summary>
public sealed class CheckpointFiles(DataFolder data)
{
    public string Folder { get; } = Path.Combine(data.Audit, "checkpoints");

    internal void Write(AuditCheckpoint checkpoint) => SafeFile.Write(Path.Combine(Folder, NameOf(checkpoint.Sequence)), checkpoint.ToFile());

    public static string NameOf(long sequence) => string.Create(CultureInfo.InvariantCulture, $"checkpoint-{sequence:D12}.json");

    /// <summary>Every file, oldest first; what is no checkpoint any more is null.</summary>
    internal IEnumerable<(string Path, AuditCheckpoint? Checkpoint)> Read() => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "checkpoint-*.json").Order(StringComparer.Ordinal).Select(path => (path, AuditCheckpoint.Read(File.ReadAllText(path))))
        : [];

    /// <summary>Puts aside what speaks of entries that this store no longer has.</summary>
    internal void PutAside(long above)
    {
        foreach (var (path, checkpoint) in Read().ToList())
        {
            if (checkpoint is null || checkpoint.Sequence > above)
            {
                Directory.CreateDirectory(Path.Combine(Folder, "superseded"));
                File.Move(path, Path.Combine(Folder, "superseded", Path.GetFileName(path)), overwrite: true);
            }
        }
    }
}
