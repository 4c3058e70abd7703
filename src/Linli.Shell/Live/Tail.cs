using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Live;

/// <summary>
/// Finds rows that were committed since the last look, by their growing id. A transaction that was slower than its neighbour appears
/// later with a smaller id, so the last few hundred ids are looked at again each time.
/// </summary>
public sealed class Tail
{
    private const int Overlap = 300;
    private const int MaxAtOnce = 1_000;
    private HashSet<long>? _seen;
    private long _last;

    /// <summary>The next look is a first one again, and tells nothing old.</summary>
    public void Forget() => _seen = null;

    public async Task<IReadOnlyList<long>> FreshAsync(IQueryable<long> ids, CancellationToken cancellation)
    {
        if (_seen is null)
        {
            _seen = [.. await ids.OrderByDescending(id => id).Take(Overlap).ToListAsync(cancellation)];
            _last = _seen.Count == 0 ? 0 : _seen.Max();
            return [];
        }

        var since = _last - Overlap;
        var fresh = (await ids.Where(id => id > since).OrderBy(id => id).Take(MaxAtOnce).ToListAsync(cancellation)).Where(_seen.Add).ToList();
        if (fresh.Count > 0)
        {
            _last = Math.Max(_last, fresh[^1]);
            _seen.RemoveWhere(id => id <= _last - Overlap);
        }

        return fresh;
    }
}
