using Linli.Database.Dialect;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Privacy;

/// <summary>After a new key was made: seals everything anew with it, a little at a time, while the product works.</summary>
internal sealed class ResealStore(LinliDb db, SealedCells cells, KeyRing ring)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <returns>How many cells were sealed anew.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        // Looking at every cell is worth it only where there is another key than the current one.
        if (await db.Set<KnownKey>().CountAsync(k => k.Use == KeyUse.Seal && k.RetiredAt == null, cancellation) < 2 || ring.IsEmpty)
        {
            return 0;
        }

        var count = 0;
        while (await cells.ResealAsync(cancellation) is > 0 and var done)
        {
            count += done;
        }

        return count;
    }
}
