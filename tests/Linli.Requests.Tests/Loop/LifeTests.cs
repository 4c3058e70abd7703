using Linli.Kernel;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Steps;
using Linli.Requests.Track;
using Linli.Shell.Text;

namespace Linli.Requests.Tests.Loop;

/// <summary>The life of a request as a table: complete, without dead ends, and every line of it has somebody who takes it.</summary>
public sealed class LifeTests
{
    private static readonly RequestState[] States = Enum.GetValues<RequestState>();

    [Fact]
    public void Every_state_can_be_reached_from_a_report() => Assert.Equal(States.Order(), ReachedFrom(RequestState.Reported).Order());

    [Fact]
    public void Only_what_has_ended_has_no_way_on() => Assert.Equal([RequestState.Withdrawn], States.Where(s => NextOf(s).All(n => n == s)));

    [Fact]
    public void From_every_open_state_there_is_a_way_to_the_close() =>
        Assert.All(States.Where(s => s.IsOpen()), state => Assert.Contains(RequestState.Closed, ReachedFrom(state)));

    [Fact]
    public void Every_open_state_can_be_left_by_a_person_or_by_time_alone() =>
        Assert.All(States.Where(s => s.IsOpen()), state => Assert.Contains(RequestLife.Rules, r => r.From == state && r.To != state && r.Step is not (Step.Note or Step.Withdraw)));

    [Fact]
    public void Only_an_answer_and_its_absence_lead_back_to_where_a_question_interrupted() =>
        Assert.Equal([(RequestState.AwaitingReporter, Step.Answer), (RequestState.AwaitingReporter, Step.Lapse)], RequestLife.Rules.Where(r => r.To is null).Select(r => (r.From, r.Step)));

    [Fact]
    public void A_reporter_may_withdraw_until_it_is_resolved_and_not_later() =>
        Assert.Equal(
            States.Where(s => s.IsOpen()).Except([RequestState.Resolved, RequestState.Verified]),
            States.Where(s => RequestLife.Find(s, Step.Withdraw) is not null));

    [Fact]
    public void Every_step_stands_in_the_table_except_those_that_begin_a_life() =>
        Assert.Equal(Enum.GetValues<Step>().Except([Step.Report, Step.Import]).Order(), RequestLife.Rules.Select(r => r.Step).Distinct().Order());

    [Fact]
    public void Every_step_that_a_person_takes_has_one_use_case() =>
        Assert.Equal(
            RequestLife.Rules.Where(r => (r.By & ~Party.Time) != 0).Select(r => r.Step).Distinct().Order(),
            StepRegistry.All.SelectMany(e => e.Steps).Except(RequestLife.Rules.GroupBy(r => r.Step).Where(g => g.All(r => r.By == Party.Time)).Select(g => g.Key)).Order());

    [Fact]
    public void Every_step_of_a_use_case_stands_in_the_table() =>
        Assert.All(StepRegistry.All.SelectMany(e => e.Steps).Concat(LapseRequest.Steps), step => Assert.Contains(RequestLife.Rules, r => r.Step == step));

    [Fact]
    public void Every_use_case_has_an_address_of_its_own() =>
        Assert.Equal(StepRegistry.All.Count, StepRegistry.All.Select(e => e.Noun).Distinct().Count());

    [Fact]
    public void What_a_reporter_may_do_is_open_to_callers_without_an_account_and_nothing_else() =>
        Assert.All(StepRegistry.All, e => Assert.Equal(RequestLife.Rules.Any(r => e.Steps.Contains(r.Step) && r.By.HasFlag(Party.Reporter)), e.ForReporters));

    [Fact]
    public void Every_clock_that_acts_when_it_runs_out_is_started_and_takes_a_step_that_time_may_take()
    {
        Assert.All(ClockRules.RunsOutInto, pair =>
        {
            Assert.Contains(ClockRules.Rules, r => r.Op == ClockOp.Start && r.Kinds.Contains(pair.Key));
            Assert.Contains(RequestLife.Rules, r => r.Step == pair.Value && r.By.HasFlag(Party.Time));
        });
    }

    [Fact]
    public void Every_clock_is_started_by_some_step_and_ended_by_some_other()
    {
        Assert.All(Enum.GetValues<ClockKind>(), kind =>
        {
            Assert.Contains(ClockRules.Rules, r => r.Op == ClockOp.Start && r.Kinds.Contains(kind));
            Assert.Contains(ClockRules.Rules, r => r.Op == ClockOp.Stop && r.Kinds.Contains(kind));
        });
    }

    [Fact]
    public void Every_state_step_party_clock_grade_and_channel_has_a_word_of_its_own_with_English()
    {
        var english = Texts.ReadEnglish(typeof(RequestLife).Assembly).DistinctBy(p => p.Key).ToDictionary();
        IEnumerable<IReadOnlyList<Word>> families =
        [
            [.. States.Select(LifeTexts.Of)], [.. Enum.GetValues<Step>().Select(LifeTexts.Of)], [.. Enum.GetValues<ClockKind>().Select(LifeTexts.Of)],
            [.. Enum.GetValues<Grade>().Select(LifeTexts.Of)], [.. Enum.GetValues<Channel>().Select(LifeTexts.Of)],
            [.. RequestLife.Rules.SelectMany(r => LifeTexts.Of(r.By)).Distinct()],
        ];

        Assert.All(families, family =>
        {
            Assert.Equal(family.Count, family.Select(w => w.Key).Distinct().Count());
            Assert.All(family, word => Assert.False(string.IsNullOrWhiteSpace(english.GetValueOrDefault(word.Key)), $"{word.Key} has no English."));
        });
    }

    [Fact]
    public void Every_party_in_the_table_can_be_named() =>
        Assert.All(RequestLife.Rules, r => Assert.Equal(System.Numerics.BitOperations.PopCount((uint)r.By), LifeTexts.Of(r.By).Count));

    private static HashSet<RequestState> ReachedFrom(RequestState start)
    {
        var reached = new HashSet<RequestState> { start };
        for (var fresh = new Queue<RequestState>(reached); fresh.TryDequeue(out var state);)
        {
            foreach (var next in NextOf(state).Where(reached.Add))
            {
                fresh.Enqueue(next);
            }
        }

        return reached;
    }

    private static IEnumerable<RequestState> NextOf(RequestState state) => RequestLife.Rules.Where(r => r.From == state).SelectMany(r =>
        r.To is null ? RequestLife.Rules.Where(q => q.To == state && q.From != state).Select(q => q.From) : new[] { r.To, r.OrTo }.OfType<RequestState>());
}
