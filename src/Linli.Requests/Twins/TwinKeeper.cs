using System.Collections.Concurrent;
using Linli.Kernel;
using Linli.Requests.Life;
using Linli.Routing.Twins;
using Linli.Shell.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Requests.Twins;

/// <summary>
/// Keeps the open requests of the store in a <see cref="TwinIndex"/> of this process. Filled in the background at the start, afterwards
/// it follows the history that every instance writes. Until it is filled there are no twins, and everything else works.
/// </summary>
internal sealed class TwinKeeper(IServiceScopeFactory scopes, ILogger<TwinKeeper> log) : IDisposable
{
    /// <summary>Mark of what everybody may see.</summary>
    public const int Public = 1;

    /// <summary>So many removed texts are borne before the index is made anew.</summary>
    private const int MostRemoved = 1_000;

    private readonly SemaphoreSlim _oneWriter = new(1, 1);
    private readonly ConcurrentDictionary<string, int> _kinds = new();
    private readonly Tail _history = new();
    private volatile TwinIndex? _index;
    private int _isAsked;

    public int KindOf(string? serviceType) => string.IsNullOrEmpty(serviceType) ? -1 : _kinds.GetOrAdd(serviceType, _ => _kinds.Count);

    /// <summary>Up to date with everything committed; null while it is being filled. Waits for nobody: when another call is looking, it answers with what there is.</summary>
    public async Task<TwinIndex?> CurrentAsync(CancellationToken cancellation)
    {
        if (_index is null)
        {
            // Where no background work runs, the first question has it filled for those that come later.
            _ = Interlocked.Exchange(ref _isAsked, 1) == 0 ? Task.Run(() => FillAsync(cancellation: default), CancellationToken.None) : null;
        }
        else if (await _oneWriter.WaitAsync(0, cancellation))
        {
            try
            {
                await FollowAsync(_index, cancellation);
            }
            finally
            {
                _oneWriter.Release();
            }
        }

        return _index;
    }

    /// <summary>Fills it if that has not been done, and makes it anew when it has become unlike the store: an import took ids long before it was committed, or much has been closed.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await _oneWriter.WaitAsync(cancellation);
        try
        {
            if (_index is { } index)
            {
                await FollowAsync(index, cancellation);
                if (index.Removed <= MostRemoved + index.Count && await CountAsync(cancellation) == index.Count)
                {
                    return;
                }
            }

            await MakeAsync(cancellation);
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    public void Dispose() => _oneWriter.Dispose();

    private async Task FillAsync(CancellationToken cancellation)
    {
        try
        {
            await LookAsync(cancellation);
        }
        catch (Exception exception)
        {
            log.LogWarning(exception, "Requests like one another cannot be found now; the next question tries again");
            _isAsked = 0;
        }
    }

    private async Task MakeAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
        _history.Forget();
        await _history.FreshAsync(Ids(db), cancellation);   // what is written while it is being filled is looked at again
        var made = new TwinIndex();
        await made.AddAllAsync(Texts(Open(db).OrderBy(r => r.ReportedAt).ThenBy(r => r.Id), cancellation), cancellation);
        await FollowAsync(made, cancellation);
        _index = made;
    }

    private async Task FollowAsync(TwinIndex index, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LinliDb>();
        while (await _history.FreshAsync(Ids(db), cancellation) is { Count: > 0 } fresh)
        {
            var touched = await db.Set<RequestEvent>().Where(e => fresh.Contains(e.Id)).Select(e => e.RequestId).Distinct().ToListAsync(cancellation);
            var left = touched.ToHashSet();
            await foreach (var text in Texts(Open(db).Where(r => touched.Contains(r.Id)), cancellation))
            {
                index.Add(text);
                left.Remove(text.Key);
            }

            foreach (var ended in left)
            {
                index.Remove(ended);
            }
        }
    }

    private async Task<int> CountAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Open(scope.ServiceProvider.GetRequiredService<LinliDb>()).CountAsync(cancellation);
    }

    private static IQueryable<long> Ids(LinliDb db) => db.Set<RequestEvent>().Select(e => e.Id);

    private static IQueryable<ServiceRequest> Open(LinliDb db) => db.Set<ServiceRequest>().AsNoTracking().Where(r => !RequestStates.Ended.Contains(r.State));

    private async IAsyncEnumerable<TwinText> Texts(IQueryable<ServiceRequest> requests, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = requests.Select(r => new { r.Id, r.Title, r.Text, r.ServiceTypeCode, r.ReportedAt, r.Longitude, r.Latitude, r.IsPublished, r.Visibility }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            yield return new TwinText(row.Id, TextOf(row.Title, row.Text), row.ReportedAt, row.Longitude, row.Latitude, KindOf(row.ServiceTypeCode),
                row.IsPublished && row.Visibility != Visibility.Private ? Public : 0);
        }
    }

    /// <summary>A title that Linli made is the beginning of the text.</summary>
    public static string TextOf(string? title, string text) => string.IsNullOrEmpty(title) || text.StartsWith(title.TrimEnd('…'), StringComparison.Ordinal) ? text : $"{title}。{text}";
}
