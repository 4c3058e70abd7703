using System.Collections.Concurrent;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Clients;

/// <summary>Remembers the keys that are in use until one is issued or withdrawn, in any process: programs call often, and with the same key.</summary>
public sealed class ClientShelf
{
    private const int MostKept = 1_000;
    private static readonly TimeSpan Touch = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(Guid Stamp, string Hash), ApiClient> _kept = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _touched = new();

    internal async Task<ApiClient?> FindAsync(LinliDb db, string hash, CancellationToken cancellation)
    {
        if (await db.StampAsync(ChangeStamp.Clients, cancellation) is not { } stamp)
        {
            return await ReadAsync(db, hash, cancellation);
        }

        if (_kept.TryGetValue((stamp, hash), out var known))
        {
            return known;
        }

        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        // Wrong keys are not remembered: whoever tries them must not push the right ones out.
        var read = await ReadAsync(db, hash, cancellation);
        return read is null ? null : _kept[(stamp, hash)] = read;
    }

    /// <summary>When it was used last is written once a minute at most.</summary>
    internal bool IsToBeTouched(ApiClient client, DateTimeOffset now)
    {
        if (_touched.GetValueOrDefault(client.Id, client.UsedAt ?? DateTimeOffset.MinValue) > now - Touch)
        {
            return false;
        }

        _touched[client.Id] = now;
        return true;
    }

    private static Task<ApiClient?> ReadAsync(LinliDb db, string hash, CancellationToken cancellation) =>
        db.Set<ApiClient>().AsNoTracking().SingleOrDefaultAsync(c => c.KeyHash == hash, cancellation);
}
