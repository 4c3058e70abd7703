using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Life;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Suggestions;

/// <summary>How the suggestions of one kind fared in one step of their confidence.</summary>
/// <param name="From">Confidence from here …</param>
/// <param name="To">… to here; both null for owners, whom a table names.</param>
/// <param name="Shown">Choices made in their presence.</param>
/// <param name="Accepted">The one that was claimed was chosen.</param>
/// <param name="Overridden">Something else was chosen.</param>
/// <param name="Unclaimed">Linli had said that it does not know.</param>
public sealed record SuggestionBand(SuggestionKind Kind, SuggestionStage Stage, double? From, double? To, int Shown, int Accepted, int Overridden, int Unclaimed);

/// <summary>How often the first dispatch of a team was right: not returned, and not dispatched anew before it was resolved.</summary>
/// <param name="Team">Organisation of the dispatchers' post, or the area of those who have none.</param>
/// <param name="First">First dispatches in the period whose outcome is known.</param>
/// <param name="Pending">Not yet signed: may still be returned, so not counted.</param>
/// <param name="Accuracy">Null below ten first dispatches: too few to say anything.</param>
public sealed record TeamAccuracy(string Team, int First, int Right, int Pending, double? Accuracy);

/// <summary>Counts over suggestions and over teams; there are none about single people.</summary>
public sealed record SuggestionFigures(DateTimeOffset Since, IReadOnlyList<SuggestionBand> Bands, IReadOnlyList<TeamAccuracy> Teams);

/// <summary>Statistics of the suggestions, and first-dispatch accuracy (DOMAIN: the three rates).</summary>
internal sealed class SuggestionStatistics(LinliDb db, TimeProvider time)
{
    public const int MostDays = 366;
    private const int LeastSample = 10;
    private static readonly double[] Steps = [0, 0.5, 0.7, 0.9, 1];

    public async Task<SuggestionFigures> RunAsync(int days, CancellationToken cancellation)
    {
        var since = time.GetUtcNow().AddDays(-Math.Clamp(days, 1, MostDays)).ToUniversalTime();
        return new SuggestionFigures(since, await BandsAsync(since, cancellation), await TeamsAsync(since, cancellation));
    }

    private async Task<IReadOnlyList<SuggestionBand>> BandsAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var counts = await db.Set<SuggestionRecord>().AsNoTracking().Where(s => s.At >= since)
            .GroupBy(s => new
            {
                s.Kind, s.Stage, Band = s.Confidence == null ? -1 : s.Confidence < 0.5 ? 0 : s.Confidence < 0.7 ? 1 : s.Confidence < 0.9 ? 2 : 3,
                IsClaimed = s.Suggested != null, IsAccepted = s.Suggested == s.Chosen,
            })
            .Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation);
        return
        [
            .. counts.GroupBy(c => (c.Key.Kind, c.Key.Stage, c.Key.Band)).OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Stage).ThenBy(g => g.Key.Band).Select(g => new SuggestionBand(
                g.Key.Kind, g.Key.Stage, g.Key.Band < 0 ? null : Steps[g.Key.Band], g.Key.Band < 0 ? null : Steps[g.Key.Band + 1],
                g.Sum(c => c.Count), g.Where(c => c.Key.IsAccepted).Sum(c => c.Count), g.Where(c => c.Key is { IsClaimed: true, IsAccepted: false }).Sum(c => c.Count),
                g.Where(c => !c.Key.IsClaimed).Sum(c => c.Count))),
        ];
    }

    private async Task<IReadOnlyList<TeamAccuracy>> TeamsAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var events = db.Set<RequestEvent>().AsNoTracking();
        var first = await (
            from e in events
            join r in db.Set<ServiceRequest>() on e.RequestId equals r.Id
            where e.Step == Step.Dispatch && e.At >= since && e.Actor == ActorKind.Staff
                && !events.Any(o => o.RequestId == e.RequestId && o.Step == Step.Dispatch && o.Sequence < e.Sequence)
            select new
            {
                e.ActorId, e.At, r.AreaCode,
                IsWaiting = r.State == RequestState.Dispatched,
                IsWrong = events.Any(o => o.RequestId == e.RequestId && o.Sequence > e.Sequence && (o.Step == Step.Return || o.Step == Step.Dispatch || o.Step == Step.Decide)
                    && !events.Any(done => done.RequestId == e.RequestId && done.Step == Step.Resolve && done.Sequence < o.Sequence)),
            }).ToListAsync(cancellation);
        var who = first.Select(f => f.ActorId).Distinct().ToList();
        var posts = await db.Set<Appointment>().AsNoTracking().Where(a => a.Role == Role.Dispatcher && who.Contains(a.AccountId)).ToListAsync(cancellation);
        var names = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, o => Texts.Pick(o.Name, o.NameEn), cancellation);
        var areas = await db.Set<Area>().AsNoTracking().Where(a => a.Level == AreaLevel.County || a.Level == AreaLevel.Town).ToDictionaryAsync(a => a.Code, a => Texts.Pick(a.Name, a.NameEn), cancellation);
        return
        [
            .. first.GroupBy(f => TeamOf(posts, f.ActorId, f.At, f.AreaCode) is { } post ? post.OrganisationId is { } id ? names.GetValueOrDefault(id, "") : areas.GetValueOrDefault(post.AreaCode, post.AreaCode) : "–")
                .Select(g => (Team: g.Key, Settled: g.Where(f => f.IsWrong || !f.IsWaiting).ToList(), All: g.Count()))
                .Select(g => new TeamAccuracy(
                    g.Team, g.Settled.Count, g.Settled.Count(f => !f.IsWrong), g.All - g.Settled.Count,
                    g.Settled.Count < LeastSample ? null : Math.Round(g.Settled.Count(f => !f.IsWrong) / (double)g.Settled.Count, 4)))
                .OrderByDescending(t => t.First).ThenBy(t => t.Team, StringComparer.Ordinal),
        ];
    }

    /// <summary>The post that somebody dispatched by: held at that moment, the nearest to the place.</summary>
    private static Appointment? TeamOf(List<Appointment> posts, Guid who, DateTimeOffset at, string? area) => posts
        .Where(p => p.AccountId == who && p.From <= at && !(p.Until <= at) && (area is null || area.StartsWith(p.AreaCode, StringComparison.Ordinal)))
        .OrderByDescending(p => p.AreaCode.Length).ThenBy(p => p.Id).FirstOrDefault();
}
