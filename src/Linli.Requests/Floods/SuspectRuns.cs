using Linli.Routing.Twins;

namespace Linli.Requests.Floods;

/// <summary>A report as far as a flood is told by it. Neighbourhood and device are null where they are not known.</summary>
internal sealed record Arrival(DateTimeOffset At, string? Neighbourhood, Guid? Device, string Text);

/// <summary>Reports that belong together, by their place in the list, oldest first, and how many of them each sign holds together.</summary>
internal sealed record SuspectRun(IReadOnlyList<int> Members, int SameDevice, int SameNeighbourhood, int SameWords);

/// <summary>
/// Finds what came in too close together to be many people: from one device, from one neighbourhood of addresses, or in nearly the same words.
/// Only signs: a whole village may sit behind one address and lose its water at one time, so that a person looks.
/// </summary>
internal static class SuspectRuns
{
    /// <summary>Fewer are no flood.</summary>
    public const int Least = 5;

    /// <summary>A neighbourhood is many households.</summary>
    public const int LeastNear = 10;

    /// <summary>Trigrams that two texts share, of those that either has.</summary>
    private const float Alike = 0.55f;

    /// <summary>A run goes on as long as the next comes within this time.</summary>
    public static readonly TimeSpan Close = TimeSpan.FromMinutes(10);

    /// <param name="arrivals">Oldest first.</param>
    /// <returns>The largest first.</returns>
    public static IReadOnlyList<SuspectRun> Find(IReadOnlyList<Arrival> arrivals)
    {
        var devices = Runs(arrivals, a => a.Device, Least);
        var neighbourhoods = Runs(arrivals, a => a.Neighbourhood, LeastNear);
        var words = Alikes(arrivals);
        var groups = new Groups(arrivals.Count);
        foreach (var run in devices.Concat(neighbourhoods).Concat(words))
        {
            run.ForEach(member => groups.Join(run[0], member));
        }

        var (byDevice, byNeighbourhood, byWords) = (devices.SelectMany(r => r).ToHashSet(), neighbourhoods.SelectMany(r => r).ToHashSet(), words.SelectMany(r => r).ToHashSet());
        return
        [
            .. Enumerable.Range(0, arrivals.Count).GroupBy(groups.Of).Select(g => g.ToList()).Where(members => members.Count >= Least)
                .Select(members => new SuspectRun(members, members.Count(byDevice.Contains), members.Count(byNeighbourhood.Contains), members.Count(byWords.Contains)))
                .OrderByDescending(r => r.Members.Count).ThenBy(r => r.Members[0]),
        ];
    }

    /// <summary>Those with the same value, each within <see cref="Close"/> of the one before.</summary>
    private static List<List<int>> Runs<T>(IReadOnlyList<Arrival> arrivals, Func<Arrival, T?> of, int least)
    {
        var runs = new List<List<int>>();
        foreach (var same in Enumerable.Range(0, arrivals.Count).Where(i => of(arrivals[i]) is not null).GroupBy(i => of(arrivals[i])))
        {
            List<int>? run = null;
            foreach (var i in same)
            {
                if (run is null || arrivals[i].At - arrivals[run[^1]].At > Close)
                {
                    runs.Add(run = []);
                }

                run.Add(i);
            }
        }

        return runs.FindAll(r => r.Count >= least);
    }

    /// <summary>Those that say nearly the same as one that came a short time before.</summary>
    private static List<List<int>> Alikes(IReadOnlyList<Arrival> arrivals)
    {
        using var index = new TwinIndex();
        var (numbers, groups) = (new Dictionary<Guid, int>(), new Groups(arrivals.Count));
        for (var i = 0; i < arrivals.Count; i++)
        {
            foreach (var twin in index.Anywhere(new TwinSearch(arrivals[i].Text, Most: 20)).Where(t => t.Likeness >= Alike))
            {
                var other = numbers[twin.Key];
                if (arrivals[i].At - arrivals[other].At <= Close)
                {
                    groups.Join(other, i);
                }
            }

            var key = Guid.NewGuid();
            numbers[key] = i;
            index.Add(new TwinText(key, arrivals[i].Text, arrivals[i].At));
        }

        return [.. Enumerable.Range(0, arrivals.Count).GroupBy(groups.Of).Select(g => g.ToList()).Where(g => g.Count >= Least)];
    }

    /// <summary>Which belong to one another, by the smallest of them.</summary>
    private sealed class Groups(int count)
    {
        private readonly int[] _of = [.. Enumerable.Range(0, count)];

        public int Of(int i) => _of[i] == i ? i : _of[i] = Of(_of[i]);

        public void Join(int a, int b)
        {
            var (first, second) = (Of(a), Of(b));
            _of[Math.Max(first, second)] = Math.Min(first, second);
        }
    }
}
