using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Audit;

/// <summary>
/// Looks at the end of the chain before anything is linked to it: a log that was cut must not be sealed over, or the cut would disappear.
/// </summary>
internal sealed class ChainEnd(LinliDb db, DbTransaction raw, AuditKeys keys)
{
    private const string Advice = "审计链不再封存：{0} 请运行 linli audit verify 查明，处理后用 linli audit begin 继续（docs/operate/audit.md）。";

    public static AuditBrokenException HeadGone => Trouble(new Word("数据库里的链头被删除。"));

    /// <exception cref="AuditBrokenException">What is there is not what was sealed last.</exception>
    public async Task CheckAsync(AuditHead head, SealedHead? outside, CancellationToken cancellation)
    {
        var links = await db.Dialect.Audit.LinksAsync(raw, Math.Max(0, head.Sequence - 1), 2, cancellation);
        if (head.IsNew)
        {
            Must(links.Count == 0 && outside is null, "链头说还没有封存过，但已有封存的痕迹。");
            return;
        }

        var key = keys.IfThere;
        Must(key is not null && key.Id == head.KeyId, "密钥不是封存时的那一个。");
        Must(key!.Vouches(head.Seal, head.Mac), "数据库里的链头被改动。");
        Must(
            head.Sequence == 0 ? links.Count == 0 : links is [var last] && last.Sequence == head.Sequence && last.Hash.AsSpan().SequenceEqual(head.Hash),
            "链的末尾与链头不符。");
        if (outside is not null)
        {
            Must(key.Id != outside.Seal.KeyId || key.Vouches(outside.Seal, outside.Mac), "数据目录里的链头被改动。");
            Must(await HasAsync(outside.Seal, cancellation), "数据库里的日志比数据目录里的链头旧：末尾被截去，或恢复了旧的备份。");
        }
    }

    private async Task<bool> HasAsync(AuditSeal seal, CancellationToken cancellation) =>
        seal.Sequence == 0 || (await db.Dialect.Audit.LinksAsync(raw, seal.Sequence - 1, 1, cancellation)) is [var link]
        && link.Sequence == seal.Sequence && Convert.ToHexStringLower(link.Hash) == seal.Hash;

    private static void Must(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Trouble(new Word(otherwise));
        }
    }

    private static AuditBrokenException Trouble(Word what) => new(Advice, what);
}

/// <summary>The one row that says how far the chain reaches.</summary>
internal static class AuditHeads
{
    /// <summary>Held until the end of the caller's transaction.</summary>
    /// <returns>Null while another instance holds it.</returns>
    public static async Task<AuditHead?> HoldHeadAsync(this LinliDb db, CancellationToken cancellation) =>
        (await db.Dialect.Lock(db.Set<AuditHead>().Where(h => h.Id == AuditHead.Only)).AsNoTracking().ToListAsync(cancellation)).SingleOrDefault();

    public static Task MoveHeadAsync(this LinliDb db, AuditHead head, CancellationToken cancellation) => db.Set<AuditHead>().ExecuteUpdateAsync(
        set => set.SetProperty(h => h.Sequence, head.Sequence).SetProperty(h => h.Hash, head.Hash).SetProperty(h => h.At, head.At).SetProperty(h => h.KeyId, head.KeyId)
            .SetProperty(h => h.EntriesFrom, head.EntriesFrom).SetProperty(h => h.LinksFrom, head.LinksFrom).SetProperty(h => h.Mac, head.Mac)
            .SetProperty(h => h.TopEntryId, head.TopEntryId).SetProperty(h => h.SettledId, head.SettledId)
            .SetProperty(h => h.AwaitedId, head.AwaitedId).SetProperty(h => h.AwaitedWriter, head.AwaitedWriter).SetProperty(h => h.AwaitedAt, head.AwaitedAt),
        cancellation);
}
