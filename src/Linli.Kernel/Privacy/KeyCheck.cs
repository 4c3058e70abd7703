using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Privacy;

/// <summary>Whether the key folder belongs to the store; done before anything else is done with it.</summary>
public sealed class KeyCheck(LinliDb db, KeyRing ring, FieldCipher cipher, TimeProvider time)
{
    /// <summary>Makes the first keys of a new store, and remembers keys that it sees for the first time.</summary>
    /// <exception cref="KeysRefusedException">Keys are missing, damaged or of another store.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var known = await db.Set<KnownKey>().Where(k => k.RetiredAt == null).ToDictionaryAsync(k => k.Id, cancellation);
        foreach (var one in known.Values)
        {
            Check(one, known.Count);
        }

        var unknown = ring.Sealing.Append(ring.Current).Append(ring.Index).DistinctBy(k => k.Id).Where(k => !known.ContainsKey(k.Id)).ToList();
        if (unknown.Count > 0)
        {
            db.AddRange(unknown.Select(KnownKey.Of));
            await db.CommitAsync(Act.BySystem("privacy.keys", time.GetUtcNow(), string.Join(' ', unknown.Select(k => k.Id))), cancellation);
        }
    }

    private void Check(KnownKey known, int count)
    {
        var key = known.Use == KeyUse.Seal ? ring.Find(known.Id) : ring.IndexIfThere is { } index && index.Id == known.Id ? index : null;
        if (key is null)
        {
            throw ring.IsEmpty
                ? new KeysRefusedException("数据库里有加密的个人信息，但密钥目录 {0} 里没有密钥（需要 {1} 个，例如 {2}）。请把备份里的密钥放回去（docs/operate/backup.md），或用 Privacy:KeyFolder 指向它们。未作任何改动。", ring.Folder, count, known.Id)
                : new KeysRefusedException("密钥目录 {0} 里缺少密钥 {1}，数据库里有用它加密的内容。请从备份或其他实例复制过来；确认再也用不着时运行 linli keys retire。未作任何改动。", ring.Folder, known.Id);
        }

        if (!known.IsProvedBy(key, cipher))
        {
            throw new KeysRefusedException("密钥 {1}（目录 {0}）不是这个数据库的那一个。请放回正确的密钥文件。未作任何改动。", ring.Folder, known.Id);
        }
    }
}
