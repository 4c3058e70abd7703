using Linli.Requests.Access;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Queue;
using Linli.Requests.Read;

namespace Linli.Requests.Tests.Loop;

/// <summary>
/// Never stuck, never invisible: walks every situation that can be reached, breadth first, by really taking steps, and looks around
/// in each. A situation is a state with everything that decides what is possible next.
/// </summary>
public sealed class WalkTests
{
    private static readonly Step[] LeadingNowhere = [Step.Note, Step.Withdraw, Step.Publish, Step.Unpublish, Step.Retype, Step.Relocate, Step.Contact, Step.Recuse, Step.Readmit];

    [Fact]
    public async Task In_every_reachable_situation_somebody_has_a_step_it_stands_in_a_queue_and_a_clock_runs()
    {
        await using var town = await LoopTown.FoundAsync();
        var people = new Dictionary<string, Caller>();
        foreach (var login in Walkers.Logins)
        {
            people[login] = await town.CallerAsync(login);
        }

        var walk = new Walk(new Walkers(town, people));
        await walk.GoAsync();

        Assert.Empty(walk.Wrong);
        Assert.Equal(Enum.GetValues<RequestState>().Order(), walk.Situations.Keys.Select(s => s.State).Distinct().Order());
        Assert.Equal(RequestLife.Rules.Select(r => (r.From, r.Step)).Order(), walk.Taken.Where(t => RequestLife.Find(t.From, t.Step) is not null).Distinct().Order());
        Assert.All(walk.Situations.Where(s => s.Key.State.IsOpen()), s => Assert.True(s.Value.Any(next => next != s.Key), $"Nothing leads on from {s.Key}."));
        Assert.All(walk.Situations.Keys.Where(s => s.State.IsOpen()), s => Assert.True(EndsFrom(s, walk.Situations), $"No way leads from {s} to an end."));
    }

    private static bool EndsFrom(Situation start, IReadOnlyDictionary<Situation, HashSet<Situation>> ways)
    {
        var seen = new HashSet<Situation> { start };
        for (var fresh = new Queue<Situation>(seen); fresh.TryDequeue(out var situation);)
        {
            if (situation.State == RequestState.Closed)
            {
                return true;
            }

            foreach (var next in ways[situation].Where(seen.Add))
            {
                fresh.Enqueue(next);
            }
        }

        return false;
    }

    /// <summary>What decides which steps are possible; what decides nothing in a state is left out of it.</summary>
    private sealed record Situation(
        RequestState State, RequestState? Interrupted, int Returns, bool IsBinding, bool AsksForTime, bool AsksForPause, bool HasTask, bool IsChecked, bool IsRated, bool IsPublished, RequestState? Lead)
    {
        public static async Task<Situation> OfAsync(Walkers walkers, ServiceRequest r)
        {
            var isHandled = r.State is RequestState.InHand or RequestState.Paused || r.Interrupted == RequestState.InHand;
            var lead = r.State == RequestState.Merged ? await walkers.Town.ReadAsync(db => db.Set<ServiceRequest>().FindAsync(r.MergedIntoId).AsTask()) : null;
            return new(
                r.State, r.Interrupted,
                r.State is RequestState.Reported or RequestState.Dispatched or RequestState.InArbitration ? Math.Min(r.ReturnCount, 2) : 0,
                r.State == RequestState.Dispatched && r.IsBinding,
                isHandled && r.TimeRequests.Any(e => e.DecidedAt is null && e.Kind == TimeRequestKind.Extension),
                isHandled && r.TimeRequests.Any(e => e.DecidedAt is null && e.Kind == TimeRequestKind.Pause), isHandled && r.Tasks.Any(t => t.DoneAt is null),
                r.State == RequestState.Resolved && r.NeedsVerification, r.State == RequestState.Closed && r.Grade is not null,
                r.State == RequestState.Reported && r.IsPublished, lead?.State);
        }
    }

    private sealed class Walk(Walkers walkers)
    {
        private readonly Queue<(Situation Situation, IReadOnlyList<Move> Path)> _fresh = new();

        public Dictionary<Situation, HashSet<Situation>> Situations { get; } = [];
        public HashSet<(RequestState From, Step Step)> Taken { get; } = [];
        public List<string> Wrong { get; } = [];

        public async Task GoAsync()
        {
            await MeetAsync(await walkers.LoadAsync((await walkers.ReportAsync()).Number), []);
            while (_fresh.TryDequeue(out var at))
            {
                ServiceRequest? request = null;
                foreach (var move in Walkers.Moves)
                {
                    request ??= await ReplayAsync(at.Path);
                    var before = request.State;
                    if (!(await move.Take(walkers, request)).Succeeded)
                    {
                        continue;   // refused: nothing has changed, the same request serves for the next try
                    }

                    var after = await walkers.LoadAsync(request.Number);
                    if (!move.Name.StartsWith("the lead", StringComparison.Ordinal))
                    {
                        Taken.Add((before, move.Step));
                    }

                    var next = await MeetAsync(after, [.. at.Path, move]);
                    Situations[at.Situation].Add(next);
                    request = next == at.Situation ? after : null;
                }
            }
        }

        private async Task<Situation> MeetAsync(ServiceRequest request, IReadOnlyList<Move> path)
        {
            var situation = await Situation.OfAsync(walkers, request);
            if (Situations.TryAdd(situation, []))
            {
                _fresh.Enqueue((situation, path));
                await LookAroundAsync(situation, request, string.Join(" → ", path.Select(m => m.Name)));
            }

            return situation;
        }

        private async Task<ServiceRequest> ReplayAsync(IReadOnlyList<Move> path)
        {
            var number = (await walkers.ReportAsync()).Number;
            foreach (var move in path)
            {
                var outcome = await move.Take(walkers, await walkers.LoadAsync(number));
                Assert.True(outcome.Succeeded, $"{string.Join(" → ", path.Select(m => m.Name))}: {move.Name} was possible once and is not any more: {outcome.Failure}");
            }

            return await walkers.LoadAsync(number);
        }

        private async Task LookAroundAsync(Situation situation, ServiceRequest request, string path)
        {
            void Hold(bool isSo, string otherwise)
            {
                if (!isSo)
                {
                    Wrong.Add($"{situation.State} after [{path}]: {otherwise}");
                }
            }

            var running = request.Clocks.Where(c => c.State == ClockState.Running).ToList();
            Hold(running.Select(c => c.Kind).Distinct().Count() == running.Count, "a clock runs twice");
            Hold(running.Where(c => !ClockRules.RunsOutInto.ContainsKey(c.Kind)).Select(c => (DateTimeOffset?)c.DueAt).Min() == request.NextDueAt, "the queue sorts by another due time than the clocks have");
            Hold(running.Where(c => ClockRules.RunsOutInto.ContainsKey(c.Kind)).All(c => RequestLife.Find(request.State, ClockRules.RunsOutInto[c.Kind]) is not null), "a clock will run out into a step that is not possible");
            if (!request.State.IsOpen())
            {
                Hold(request.Clocks.All(c => c.State is ClockState.Stopped or ClockState.Void), "a clock goes on after the end");
                return;
            }

            var reporter = walkers.CallerOf("reporter", request);
            var able = walkers.Staff.Append(("reporter", reporter)).Where(p => RequestAccess.StepsOf(p.Item2, request).Except(LeadingNowhere).Any()).ToList();
            Hold(able.Count > 0, "nobody has a step to take");
            Hold(running.Count > 0, "no clock runs");
            Hold(request.Clocks.Where(c => c.State == ClockState.Paused).All(c => c.Entries.Any(e => e.Kind == ClockEntryKind.Pause && e.Until is null && e.ReasonCode.Length > 0)), "a clock stands still without a stated reason");
            Hold(await StandsInAQueueAsync(request), "it stands in nobody's queue");
            var own = await walkers.Town.InScopeAsync((ReadRequest read) => read.RunAsync(request.Number, reporter, default));
            Hold(own.Succeeded && own.Value.Depth == Depth.Reporter, "its reporter cannot see it");
            if (request.State is RequestState.AwaitingReporter or RequestState.Resolved or RequestState.Verified)
            {
                Hold(own.Value.Steps.Intersect([Step.Answer, Step.Rate]).Any(), "the reporter whose turn it is has no step");
            }
        }

        /// <summary>Queues of work that waits; the lists of everything, of what is late and of what one filed oneself are no help to anybody who should begin.</summary>
        private async Task<bool> StandsInAQueueAsync(ServiceRequest request)
        {
            foreach (var (_, caller) in walkers.Staff)
            {
                foreach (var queue in QueueQuery.QueuesOf(caller.Actor).Except([QueueKind.All, QueueKind.Overdue, QueueKind.FiledByMe]))
                {
                    var lines = await walkers.Town.InScopeAsync((QueueQuery query) => query.ListAsync(new QueueFilter(queue, request.Number), caller.Actor, default));
                    if (lines.Lines.Any(l => l.Number == request.Number))
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
