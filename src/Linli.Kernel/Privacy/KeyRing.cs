namespace Linli.Kernel.Privacy;

/// <summary>
/// The keys of one store, read from a folder that is not in the database (<c>Privacy:KeyFolder</c>). Whoever has the database without this
/// folder reads no name and no number. Looked at anew every few seconds, so that a new key is used without a restart.
/// </summary>
public sealed class KeyRing(string folder, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private readonly Lock _reading = new();
    private volatile Contents? _contents;

    public string Folder => folder;

    /// <summary>Everything that opens, oldest first.</summary>
    public IReadOnlyList<SealingKey> Sealing => Now().Sealing;

    /// <summary>What seals now: the newest that may be used already.</summary>
    public SealingKey Current
    {
        get
        {
            var keys = Filled().Sealing;
            var now = time.GetUtcNow();
            return keys.LastOrDefault(k => k.UseFrom <= now) ?? keys[0];
        }
    }

    public SealingKey Index => Filled().Index!;

    /// <summary>Without making one.</summary>
    internal SealingKey? IndexIfThere => Now().Index;

    public bool IsEmpty => Now() is { Sealing.Count: 0, Index: null };

    /// <summary>Null when no file has it, also after another look.</summary>
    public SealingKey? Find(string id) => Now().ById.GetValueOrDefault(id) ?? Read().ById.GetValueOrDefault(id);

    /// <summary>A new key that seals from now on, or from <paramref name="useFrom"/>; what is there stays, for reading.</summary>
    public SealingKey Add(DateTimeOffset? useFrom = null)
    {
        var key = SealingKey.Make(KeyUse.Seal, time.GetUtcNow(), useFrom, 1 + Sealing.Select(k => k.Number).DefaultIfEmpty().Max());
        Make(key);
        return key;
    }

    /// <summary>The key opens nothing any more; its file stays beside the others under another name, for backups of before.</summary>
    public void Retire(string id)
    {
        var path = Path.Combine(folder, id + SealingKey.Extension);
        File.Move(path, path + ".retired", overwrite: true);
        Read();
    }

    /// <summary>An empty folder gets its first keys.</summary>
    private Contents Filled()
    {
        var contents = Now();
        if (contents is { Sealing.Count: > 0, Index: not null })
        {
            return contents;
        }

        lock (_reading)
        {
            contents = Read();
            if (contents.Sealing.Count == 0)
            {
                Make(SealingKey.Make(KeyUse.Seal, time.GetUtcNow()));
            }

            if (contents.Index is null)
            {
                Make(SealingKey.Make(KeyUse.Index, time.GetUtcNow()));
            }

            return _contents!;
        }
    }

    private void Make(SealingKey key)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        key.Write(folder);
        Read();
    }

    private Contents Now() => _contents is { } known && time.GetElapsedTime(known.ReadAt) < LookEvery ? known : Read();

    private Contents Read()
    {
        lock (_reading)
        {
            var keys = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + SealingKey.Extension).Select(SealingKey.Read).ToList() : [];
            var sealing = keys.Where(k => k.Use == KeyUse.Seal).OrderBy(k => k.UseFrom).ThenBy(k => k.Number).ThenBy(k => k.Id, StringComparer.Ordinal).ToList();
            return _contents = new Contents(sealing, sealing.ToDictionary(k => k.Id), keys.SingleOrDefault(k => k.Use == KeyUse.Index), time.GetTimestamp());
        }
    }

    private sealed record Contents(IReadOnlyList<SealingKey> Sealing, IReadOnlyDictionary<string, SealingKey> ById, SealingKey? Index, long ReadAt);
}
