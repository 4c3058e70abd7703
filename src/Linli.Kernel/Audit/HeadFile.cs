using System.Text.Json;

namespace Linli.Kernel.Audit;

/// <summary>The head once more, in the data folder: whoever cuts the log in the database cannot take this back with it.</summary>
public sealed class HeadFile(DataFolder data)
{
    public string Path { get; } = System.IO.Path.Combine(data.Audit, "head.json");

    /// <returns>Null where there is none.</returns>
    /// <exception cref="AuditBrokenException">It cannot be read as a head.</exception>
    internal async Task<SealedHead?> ReadAsync(CancellationToken cancellation)
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<SealedHead>(await File.ReadAllTextAsync(Path, cancellation), Json.Plain) is { Seal: not null, Mac: not null } head
                ? head : throw Broken();
        }
        catch (JsonException)
        {
            throw Broken();
        }
    }

    internal void Write(AuditHead head) => SafeFile.Write(Path, JsonSerializer.Serialize(new SealedHead(head.Seal, head.Mac), Json.Plain));

    private AuditBrokenException Broken() => new("数据目录里的审计链头文件 {0} 不完整或被改动。", Path);
}

internal sealed record SealedHead(AuditSeal Seal, byte[] Mac);
