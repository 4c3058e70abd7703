using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Twins;
using Linli.Routing.Topics;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Topics;

/// <summary>How a topic goes: told more, less or as much in the last third of the period than before.</summary>
public enum Trend
{
    Steady,
    Rising,
    Falling,
}

/// <summary>Requests about the same thing.</summary>
/// <param name="Title">What it is about, in words of those who wrote.</param>
/// <param name="Place">The place that many of them name.</param>
/// <param name="Requests">How many requests.</param>
/// <param name="People">How many people stand behind them, those who joined included.</param>
/// <param name="Course">How many came in each sixth of the period, the oldest first.</param>
/// <param name="Behind">The requests, the most typical first; at most twenty.</param>
public sealed record TopicView(string Title, string? Place, int Requests, int People, Trend Trend, IReadOnlyList<int> Course, IReadOnlyList<TopicRequest> Behind);

/// <summary>One of the requests behind a topic.</summary>
public sealed record TopicRequest(string Number, string Title, DateTimeOffset ReportedAt);

/// <param name="Looked">How many requests of the period were looked at.</param>
/// <param name="Days">How long the period is.</param>
public sealed record TopicsView(IReadOnlyList<TopicView> Topics, int Looked, int Days);

/// <summary>What many requests of a period are about, among those that the caller may see: counts that say nothing of the others.</summary>
internal sealed class HotTopics(LinliDb db, TimeProvider time)
{
    public const int MostDays = 366;

    /// <summary>The newest; more would keep the reader waiting.</summary>
    private const int MostLooked = 2_000, MostTopics = 20, MostBehind = 20, Parts = 6;

    public async Task<TopicsView> RunAsync(Actor actor, int days, CancellationToken cancellation)
    {
        var (now, period) = (time.GetUtcNow(), Math.Clamp(days, 1, MostDays));
        var since = now.AddDays(-period);
        var rows = await db.Set<ServiceRequest>().AsNoTracking().VisibleTo(actor)
            .Where(r => r.ReportedAt >= since && r.State != RequestState.Withdrawn && r.State != RequestState.Merged)
            .OrderByDescending(r => r.ReportedAt).ThenBy(r => r.Id).Take(MostLooked)
            .Select(r => new { r.Number, r.Title, r.Text, r.ReportedAt, r.Supporters, r.Address }).ToListAsync(cancellation);
        var texts = rows.ConvertAll(r => new TopicText(r.Title, $"{r.Text} {r.Address}", r.ReportedAt, r.Supporters));
        var topics = await Task.Run(() => TopicFinder.Find(texts, most: MostTopics), cancellation);
        return new TopicsView([.. topics.Select(t => View(t, texts, since, now, i => new TopicRequest(rows[i].Number, rows[i].Title, rows[i].ReportedAt)))], rows.Count, period);
    }

    /// <summary>A topic as a reader sees it.</summary>
    public static TopicView View(Topic topic, IReadOnlyList<TopicText> texts, DateTimeOffset from, DateTimeOffset to, Func<int, TopicRequest> request)
    {
        var course = new int[Parts];
        foreach (var member in topic.Members)
        {
            course[(int)Math.Clamp((texts[member].At - from) / (to - from) * Parts, 0, Parts - 1)]++;
        }

        var (late, early) = (course[4] + course[5], course[0] + course[1] + course[2] + course[3]);
        var trend = late * 2 > early * 1.5 ? Trend.Rising : late * 2 * 1.5 < early ? Trend.Falling : Trend.Steady;
        return new TopicView(
            topic.Words.Count > 0 ? string.Join(" · ", topic.Words) : texts[topic.Members[0]].Title, topic.Place, topic.Members.Count, topic.Weight, trend, course,
            [.. topic.Members.Take(MostBehind).Select(request)]);
    }
}
