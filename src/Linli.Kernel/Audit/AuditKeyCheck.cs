using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Audit;

/// <summary>Whether the key of the audit log is the one that the store was sealed with; asked before anything is written.</summary>
public sealed class AuditKeyCheck(LinliDb db, AuditKeys keys)
{
    /// <exception cref="KeysRefusedException">It is missing or another one; none is made in its place.</exception>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var needed = await db.Set<AuditHead>().AsNoTracking().Select(h => h.KeyId).SingleOrDefaultAsync(cancellation);
        if (!string.IsNullOrEmpty(needed) && keys.IfThere?.Id != needed)
        {
            throw new KeysRefusedException(
                "审计日志是用密钥 {1} 封存的，文件 {0} 不是它或不存在。请从备份或其他实例放回 keys 目录；确实丢失时运行 linli audit begin --reason …（docs/operate/audit.md）。未作任何改动。",
                keys.File, needed);
        }
    }
}
