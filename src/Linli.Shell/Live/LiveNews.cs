using Linli.Kernel;
using Linli.Kernel.People;

namespace Linli.Shell.Live;

/// <summary>Something new, as an open page hears of it: enough to fetch it, nothing to read.</summary>
/// <param name="Kind">notice, queue …</param>
/// <param name="Id">Of what is new.</param>
public sealed record LiveNews(string Kind, string Id, DateTimeOffset At);

/// <summary>Whom news concerns.</summary>
/// <param name="Accounts">These people.</param>
/// <param name="Organisations">Everybody who belongs to one of these or to one above it.</param>
/// <param name="Matter">With <paramref name="AreaRoles"/>: holders of these roles whose posts reach it.</param>
/// <param name="Barred">Those who hear nothing, whatever else they are (回避); null for nobody.</param>
public sealed record LiveAudience(
    IReadOnlyList<Guid>? Accounts = null, IReadOnlyList<Guid>? Organisations = null, Matter Matter = default, IReadOnlyList<Role>? AreaRoles = null, Func<Actor, bool>? Barred = null)
{
    public bool Contains(Actor actor) => Barred?.Invoke(actor) != true && (
        Accounts?.Contains(actor.Id) == true ||
        Organisations is not null && actor.Posts.Any(p => p.IsFor(Matter) && Organisations.Intersect(p.Organisations).Any()) ||
        AreaRoles?.Any(role => actor.Covers(role, Matter)) == true);
}

/// <summary>
/// Says which committed events open pages should hear of, and who. Register with <c>services.AddLiveSource&lt;TEvent, TSource&gt;()</c>.
/// Every instance asks it for itself, so it only reads.
/// </summary>
public interface ILiveSource<in TEvent> where TEvent : IEvent
{
    /// <returns>Null when nobody has to hear of it.</returns>
    Task<(LiveNews News, LiveAudience Audience)?> DescribeAsync(TEvent happened, CancellationToken cancellation);
}
