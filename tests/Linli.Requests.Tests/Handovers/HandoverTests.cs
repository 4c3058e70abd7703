using System.Net;
using Linli.Requests.Handovers;
using Linli.Requests.Life;
using Linli.Requests.Tests.Loop;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Handovers;

/// <summary>What is dispatched to an organisation with a system of its own goes there once, whatever happens on the way, and its course comes back.</summary>
public sealed class HandoverTests
{
    private static readonly TimeSpan Five = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Half = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task A_request_is_handled_in_the_other_town_and_comes_back_done_with_its_words_in_order()
    {
        await using var towns = await TwoTowns.FoundAsync();
        var number = await towns.DispatchAsync("楼道灯坏了，电话 13800138000", email: "someone@example.com");
        await towns.SendAsync();
        var their = Assert.Single(await towns.TheirsAsync());
        Assert.Equal((HandoverState.Sent, their, 1), ((await towns.HandoverAsync(number)) is var sent ? (sent.State, sent.ExternalId, sent.Attempts) : default));
        Assert.Equal(RequestState.InHand, (await towns.Here.LoadAsync(number)).State);
        var body = Assert.Single(towns.Line.Bodies);
        Assert.Contains("138********", body, StringComparison.Ordinal);   // as everybody reads it
        Assert.DoesNotContain("someone@example.com", body, StringComparison.Ordinal);
        Assert.Contains($"[{number}/", body, StringComparison.Ordinal);

        await towns.There.DoAsync("paidan", their, "dispatch", new { organisation = TwoTowns.Office });
        await towns.There.DoAsync("shizheng", their, "signature");
        await towns.AfterAsync(TimeSpan.FromMinutes(10), towns.FollowAsync);
        await towns.There.DoAsync("shizheng", their, "resolution", new { result = "solved", text = "换了灯泡" });
        await towns.AfterAsync(TimeSpan.FromDays(15), () => towns.There.Town.InScopeAsync((Linli.Requests.Clocks.ClockWatch watch) => watch.LookAsync(default)));   // nobody rated it there
        await towns.FollowAsync();
        var request = await towns.Here.LoadAsync(number);
        Assert.True(request.State is RequestState.Resolved or RequestState.Closed, $"{request.State} {(await towns.HandoverAsync(number)).Reason}");
        var words = await towns.Here.Town.ReadAsync(db => db.Set<RequestEvent>().Where(e => e.RequestId == request.Id && e.Text != null).OrderBy(e => e.Sequence).Select(e => e.Text!).ToListAsync());
        Assert.Equal(["提交", "派单", "签收", "换了灯泡"], words.Where(w => w is "提交" or "派单" or "签收" or "换了灯泡").Distinct());
        Assert.Equal(HandoverState.Ended, (await towns.HandoverAsync(number)).State);
        await towns.FollowAsync();
        Assert.Equal(words.Count, await towns.Here.Town.ReadAsync(db => db.Set<RequestEvent>().CountAsync(e => e.RequestId == request.Id && e.Text != null)));
    }

    [Fact]
    public async Task After_a_lost_answer_it_is_looked_for_and_not_sent_again()
    {
        await using var towns = await TwoTowns.FoundAsync();
        var number = await towns.DispatchAsync();
        towns.Line.State = LineState.LosesAnswers;
        await towns.SendAsync();
        Assert.Single(await towns.TheirsAsync());
        Assert.Equal((HandoverState.Waiting, true), ((await towns.HandoverAsync(number)) is var lost ? (lost.State, lost.MayHaveArrived) : default));

        await towns.SendAsync();   // not before its time
        Assert.Equal(1, towns.Line.Reports);
        towns.Line.State = LineState.Busy;
        await towns.AfterAsync(Five, towns.SendAsync);   // nobody can say: it is not sent
        towns.Line.State = LineState.Up;
        await towns.AfterAsync(Half, towns.SendAsync);
        Assert.Equal((HandoverState.Sent, Assert.Single(await towns.TheirsAsync())), ((await towns.HandoverAsync(number)) is var found ? (found.State, found.ExternalId!) : default));
        Assert.Equal(1, towns.Line.Reports);
    }

    [Fact]
    public async Task A_call_that_broke_off_is_sent_again_after_five_minutes_and_then_every_half_an_hour()
    {
        await using var towns = await TwoTowns.FoundAsync();
        var number = await towns.DispatchAsync();
        towns.Line.State = LineState.LosesCalls;
        await towns.SendAsync();
        foreach (var pause in new[] { Five, Half, Half })
        {
            await towns.AfterAsync(pause - TimeSpan.FromMinutes(1), towns.SendAsync);
            var before = (await towns.HandoverAsync(number)).Attempts;
            await towns.AfterAsync(TimeSpan.FromMinutes(1), towns.SendAsync);
            Assert.Equal(before + 1, (await towns.HandoverAsync(number)).Attempts);
        }

        Assert.Empty(await towns.TheirsAsync());
        var page = (await (await towns.Here.AsAsync("paidan")).GetAsync($"/work/requests/{number}")).Text;
        Assert.Contains("送了 4 次", page, StringComparison.Ordinal);
        Assert.Contains("送出以后没有收到能看懂的回答", page, StringComparison.Ordinal);
        towns.Line.State = LineState.Up;
        await towns.AfterAsync(Half, towns.SendAsync);
        Assert.Single(await towns.TheirsAsync());
        Assert.Equal(HandoverState.Sent, (await towns.HandoverAsync(number)).State);
    }

    [Fact]
    public async Task Where_repeats_are_known_there_a_lost_answer_is_asked_for_again_and_stays_one_request()
    {
        await using var towns = await TwoTowns.FoundAsync(knowsRepeats: true, theirType: "suggestion");
        var number = await towns.DispatchAsync();
        towns.Line.State = LineState.LosesAnswers;
        await towns.SendAsync();
        towns.Line.State = LineState.Up;
        await towns.AfterAsync(TimeSpan.FromDays(2), towns.SendAsync);
        Assert.Equal(2, towns.Line.Reports);
        var their = Assert.Single(await towns.TheirsAsync());
        var sent = await towns.HandoverAsync(number);
        Assert.Equal((HandoverState.Sent, (string?)null), (sent.State, sent.ExternalId));
        Assert.NotNull(sent.Token);

        await towns.FollowAsync();
        Assert.Contains("编号", (await towns.HandoverAsync(number)).Reason, StringComparison.Ordinal);
        await towns.There.DoAsync("paidan", their, "publication");
        await towns.AfterAsync(TimeSpan.FromMinutes(10), towns.FollowAsync);
        Assert.Equal(their, (await towns.HandoverAsync(number)).ExternalId);
    }

    [Fact]
    public async Task What_nobody_can_know_is_decided_by_a_person()
    {
        await using var towns = await TwoTowns.FoundAsync(theirType: "suggestion");   // looked at first there: in no list
        var (one, two, three) = (await towns.DispatchAsync("一"), await towns.DispatchAsync("二"), await towns.DispatchAsync("三"));
        towns.Line.State = LineState.LosesAnswers;
        await towns.SendAsync();
        towns.Line.State = LineState.Up;
        await towns.AfterAsync(Five, towns.SendAsync);
        await towns.AfterAsync(Half, towns.SendAsync);
        Assert.Equal(3, towns.Line.Reports);
        foreach (var number in new[] { one, two, three })
        {
            Assert.Equal(HandoverState.Unclear, (await towns.HandoverAsync(number)).State);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await towns.DecideAsync("huifang", one, "send")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await towns.DecideAsync("paidan", one, "arrived")).Status);
        Assert.Equal(HttpStatusCode.OK, (await towns.DecideAsync("paidan", one, "arrived", "T-1")).Status);
        Assert.Equal("T-1", (await towns.HandoverAsync(one)).ExternalId);
        Assert.Equal(HttpStatusCode.OK, (await towns.DecideAsync("paidan", two, "send")).Status);
        await towns.SendAsync();
        Assert.Equal((4, HandoverState.Sent), (towns.Line.Reports, (await towns.HandoverAsync(two)).State));
        Assert.Equal(HttpStatusCode.OK, (await towns.DecideAsync("paidan", three, "giveUp")).Status);
        await towns.Here.DoAsync("paidan", three, "dispatch", new { organisation = "util-water" });
        await towns.AfterAsync(Half, towns.SendAsync);
        Assert.Equal((4, HandoverState.GivenUp), (towns.Line.Reports, (await towns.HandoverAsync(three)).State));
        Assert.Equal(HttpStatusCode.Conflict, (await towns.DecideAsync("paidan", three, "send")).Status);
    }

    [Fact]
    public async Task A_refusal_is_shown_with_their_words_and_not_repeated_until_somebody_wants_it()
    {
        await using var towns = await TwoTowns.FoundAsync(theirType: "no-such-type");
        var number = await towns.DispatchAsync();
        await towns.SendAsync();
        await towns.AfterAsync(TimeSpan.FromHours(5), towns.SendAsync);
        var refused = await towns.HandoverAsync(number);
        Assert.Equal((HandoverState.Refused, 1), (refused.State, refused.Attempts));
        Assert.Contains("no-such-type", refused.TheirWords, StringComparison.Ordinal);
        var page = (await (await towns.Here.AsAsync("paidan")).GetAsync($"/work/requests/{number}")).Text;
        Assert.Contains("no-such-type", page, StringComparison.Ordinal);
        Assert.Contains("没能转给对方的系统", (await (await towns.Here.AsAsync("paidan")).GetAsync("/inbox")).Text, StringComparison.Ordinal);

        var put = await (await towns.Here.AsAsync("guanli")).SendJsonAsync(HttpMethod.Put, $"/api/partners/{TwoTowns.Office}", new PartnerInput($"{towns.Line.Address}/open311/v2", null, null, new Dictionary<string, string> { [LoopTown.Plain] = LoopTown.Plain }));
        Assert.Equal(HttpStatusCode.OK, put.Status);   // the key stays
        Assert.Equal(HttpStatusCode.OK, (await towns.DecideAsync("paidan", number, "send")).Status);
        await towns.SendAsync();
        Assert.Single(await towns.TheirsAsync());
    }

    [Fact]
    public async Task Whoever_dies_while_sending_leaves_something_to_be_looked_for()
    {
        await using var towns = await TwoTowns.FoundAsync();
        var number = await towns.DispatchAsync();
        await towns.SendAsync();
        var id = (await towns.HandoverAsync(number)).Id;
        // As after a power cut between the call and the commit.
        await towns.Here.Town.ReadAsync(db => db.Set<Handover>().Where(h => h.Id == id).ExecuteUpdateAsync(set => set.SetProperty(h => h.State, HandoverState.Sending).SetProperty(h => h.ExternalId, (string?)null)));
        await towns.AfterAsync(Five, towns.SendAsync);
        Assert.Equal(HandoverState.Sending, (await towns.HandoverAsync(number)).State);
        await towns.AfterAsync(Five, towns.SendAsync);
        Assert.Equal(HandoverState.Sent, (await towns.HandoverAsync(number)).State);
        Assert.Equal(1, towns.Line.Reports);
    }

    [Fact]
    public async Task Nothing_is_handed_over_that_was_not_agreed_or_is_no_longer_theirs()
    {
        await using var towns = await TwoTowns.FoundAsync();
        var elsewhere = await towns.DispatchAsync(organisation: "util-water");
        var taken = await towns.DispatchAsync();
        await towns.Here.DoAsync("paidan", taken, "dispatch", new { organisation = "util-water" });
        await towns.SendAsync();
        Assert.Equal(0, towns.Line.Reports);
        Assert.False(await towns.Here.Town.ReadAsync(db => db.Set<Handover>().AnyAsync(h => db.Set<ServiceRequest>().Any(r => r.Id == h.RequestId && r.Number == elsewhere))));
        Assert.Equal(HandoverState.GivenUp, (await towns.HandoverAsync(taken)).State);
        var sensitive = await (await towns.Here.AsAsync("guanli")).SendJsonAsync(HttpMethod.Put, "/api/partners/dept-health", new PartnerInput("https://x.example/v2", null, null, new Dictionary<string, string> { ["conduct-complaint"] = "1" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, sensitive.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await towns.DecideAsync("shipo", taken, "send")).Status);
    }
}
