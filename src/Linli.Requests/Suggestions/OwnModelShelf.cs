using System.Collections.Concurrent;
using Linli.Kernel;
using Linli.Routing.Classifying;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Suggestions;

/// <summary>Remembers the counties' own models by the stamp of their store, so that every instance uses a new one with its next call, and none is read twice.</summary>
internal sealed class OwnModelShelf
{
    private const int MostKept = 10;
    private readonly ConcurrentDictionary<Guid, OwnModel?> _kept = new();

    /// <returns>Null when the county has none in use, or one that this version of Linli cannot read.</returns>
    public async Task<OwnModel?> TakeAsync(LinliDb db, CancellationToken cancellation)
    {
        var stamp = await db.StampAsync(ChangeStamp.Routing, cancellation);
        if (stamp is not { } state)
        {
            return null;
        }

        if (_kept.TryGetValue(state, out var known))
        {
            return known;
        }

        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        var row = await db.Set<RoutingModel>().AsNoTracking().Where(m => m.IsInUse).Select(m => new { m.Version, m.File }).FirstOrDefaultAsync(cancellation);
        return _kept[state] = row is null ? null : Read(row.Version, row.File);
    }

    private static OwnModel? Read(int version, byte[] file)
    {
        try
        {
            return new OwnModel(version, ModelFile.Read(new MemoryStream(file)));
        }
        catch (ModelFileException)
        {
            return null; // of an older form: until it is trained anew, Linli suggests as on the first day
        }
    }
}
