using System.Security.Cryptography;
using System.Text.Json;

namespace Linli.Kernel.Privacy;

/// <summary>What a key is for.</summary>
public enum KeyUse
{
    /// <summary>Sealing texts (AES-256-GCM). There may be several: the newest seals, all open.</summary>
    Seal,

    /// <summary>Finding a telephone number or an address by itself (HMAC-SHA256). There is one.</summary>
    Index,
}

/// <summary>One key: a file of its own, outside the database.</summary>
/// <param name="Id">Eight hexadecimal digits; stands in front of everything sealed with it.</param>
/// <param name="UseFrom">From when it seals; until then it only opens, so that every instance has its file before anything needs it.</param>
/// <param name="Number">Counts the keys of a folder: of two that seal from the same moment the later one does.</param>
public sealed record SealingKey(string Id, KeyUse Use, DateTimeOffset CreatedAt, DateTimeOffset UseFrom, byte[] Bytes, int Number = 0)
{
    internal const string Extension = ".key";

    public static SealingKey Make(KeyUse use, DateTimeOffset now, DateTimeOffset? useFrom = null, int number = 0) =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SealedText.KeyLength / 2)), use, now, useFrom ?? now, RandomNumberGenerator.GetBytes(32), number);

    /// <exception cref="KeysRefusedException">The file is not a whole key.</exception>
    internal static SealingKey Read(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize<SealingKey>(File.ReadAllBytes(path), Json.Plain) is { Id.Length: SealedText.KeyLength, Bytes.Length: 32 } key)
            {
                return key;
            }
        }
        catch (JsonException)
        {
            // said below, without a byte of what stands in the file
        }

        throw new KeysRefusedException("密钥文件 {0} 不完整或已损坏。请从备份恢复它（docs/operate/backup.md）；不要删除，否则用它加密的内容再也打不开。", path);
    }

    /// <summary>For its owner alone, whole or not at all; an index key that another process has just written stays.</summary>
    internal void Write(string folder)
    {
        var path = Path.Combine(folder, $"{(Use == KeyUse.Index ? "index" : Id)}{Extension}");
        var draft = Path.Combine(folder, $".{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(file, this, Json.Plain);
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (Use == KeyUse.Index && File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    public override string ToString() => $"key {Id}";
}

/// <summary>Keys are missing, damaged, or another store's; nothing was changed. Carries a text key and its values, as a Failure does.</summary>
public sealed class KeysRefusedException(string message, params object[] values) : Exception(string.Format(null, message, values))
{
    public string Key { get; } = message;
    public IReadOnlyList<object> Values { get; } = values;
}
