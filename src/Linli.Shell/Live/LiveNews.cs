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
/// <param name="AreaCode">With <paramref name="AreaRoles"/>: holders of these roles for an area that contains it.</param>
/// <param name="About">The organisation that it is about: whoever belongs to it hears nothing, whatever else they are (回避).</param>
public sealed record LiveAudience(
    IReadOnlyList<Guid>? Accounts = null, IReadOnlyList<Guid>? Organisations = null, string? AreaCode = null, IReadOnlyList<Role>? AreaRoles = null, Guid? About = null)
{
    public bool Contains(Actor actor) => !IsConcerned(actor) && (
        Accounts?.Contains(actor.Id) == true ||
        Organisations?.Intersect(actor.Organisations).Any() == true ||
        AreaRoles?.Any(role => actor.Covers(role, AreaCode)) == true);

    private bool IsConcerned(Actor actor) => About is { } about && actor.OwnOrganisations.Contains(about);
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
