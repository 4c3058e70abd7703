using System.Net;
using Linli.Requests.Life;
using Linli.Testing;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>并单: the same matter, followed by everybody who reported it.</summary>
public sealed class MergeTests
{
    [Fact]
    public async Task A_request_can_be_merged_into_an_open_one_alone_and_never_into_itself()
    {
        await using var town = await LoopTown.FoundAsync();
        var (number, lead, merged, declined) = ((await town.ReportAsync()).Number, (await town.ReportAsync()).Number, (await town.ReportAsync()).Number, (await town.ReportAsync()).Number);
        await town.DoAsync("paidan", merged, "merge", new { lead });
        await town.DoAsync("paidan", declined, "refusal", new { reason = "outside-county", instead = "邻县" });

        foreach (var wrong in new[] { number, "261122-000000", merged, declined, "", "' OR 1=1 --" })
        {
            var answer = await town.RefusedAsync("paidan", number, "merge", new { lead = wrong }, HttpStatusCode.UnprocessableEntity, "invalid");
            Assert.True(answer.Json().GetProperty("errors").TryGetProperty("lead", out _), answer.Text);
        }

        Assert.Equal(RequestState.Merged, (await town.DoAsync("paidan", number, "merge", new { lead })).State);
        await town.RefusedAsync("paidan", lead, "merge", new { lead = number }, HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(3, (await town.LoadAsync(lead)).Supporters);
    }

    [Fact]
    public async Task Everybody_who_reported_it_is_told_of_what_becomes_of_the_lead()
    {
        var post = new Postbox();
        await using var town = await LoopTown.FoundAsync(options: new TownOptions { Adjust = post.TakeOver });
        var lead = (await town.ReportAsync(email: "first@example.cn")).Number;
        var follower = (await town.ReportAsync(email: "second@example.cn")).Number;
        await town.DoAsync("paidan", follower, "merge", new { lead });
        await town.DeliverAsync();
        Assert.Contains(post.To("second@example.cn"), m => m.Body.Contains($"您的诉求 {follower} 和别人反映的是同一件事", StringComparison.Ordinal));

        await town.DoAsync("paidan", lead, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", lead, "signature");
        await town.DoAsync("shizheng", lead, "resolution", new { result = "solved", text = "换了灯泡" });
        await town.DeliverAsync();

        foreach (var (address, number) in new[] { ("first@example.cn", lead), ("second@example.cn", follower) })
        {
            Assert.Contains(post.To(address), m => m.Body.Contains($"您的诉求 {number} 已经交给承办单位", StringComparison.Ordinal));
            Assert.Contains(post.To(address), m => m.Body.Contains($"您的诉求 {number} 已经办结", StringComparison.Ordinal));
        }

        Assert.All(post.All, m => Assert.DoesNotContain("楼道灯", m.Subject + m.Body, StringComparison.Ordinal));
        Assert.Equal(lead, (await town.ViewAsync(Reporter, follower)).MergedInto);
        await town.DoAsync(Reporter, follower, "rating", new { grade = "satisfied" });
        Assert.Equal((Grade.Satisfied, null), ((await town.LoadAsync(follower)).Grade, (await town.LoadAsync(lead)).Grade));
    }

    /// <summary>What somebody wrote in confidence is not for whoever was merged into it.</summary>
    [Fact]
    public async Task Who_follows_a_request_reads_its_course_and_never_what_its_reporter_wrote()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ChangeTypeAsync(Plain, type => type.Visibility = Visibility.Private);
        var lead = (await town.ReportAsync(text: "我是举报人赵六，张主任收了红包")).Number;
        await town.ChangeTypeAsync(Plain, type => type.Visibility = Visibility.Public);
        var follower = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", follower, "merge", new { lead });
        await town.DoAsync("paidan", lead, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", lead, "signature");
        await town.DoAsync("shizheng", lead, "resolution", new { result = "solved", text = "已和赵六谈过" });

        var course = await town.CourseAsync(follower);

        Assert.Equal(HttpStatusCode.OK, course.Status);
        Assert.Equal("resolved", course.Json().GetProperty("state").GetString());
        Assert.DoesNotContain("赵六", course.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(lead, course.Text, StringComparison.Ordinal);
        Assert.False(course.Json().TryGetProperty("title", out _));
    }

    [Fact]
    public async Task A_merge_that_was_a_mistake_is_undone_and_the_request_is_triaged_on_its_own()
    {
        await using var town = await LoopTown.FoundAsync();
        var (number, lead) = ((await town.ReportAsync()).Number, (await town.ReportAsync()).Number);
        await town.DoAsync("paidan", number, "merge", new { lead });
        await town.RefusedAsync(Reporter, number, "rating", new { grade = "satisfied" }, HttpStatusCode.Conflict, "not_resolved_yet");
        await town.RefusedAsync(Reporter, number, "reopening", new { reason = "不是一件事" }, HttpStatusCode.Conflict, "still_in_hand");
        await town.RefusedAsync("shizheng", number, "unmerge", null, HttpStatusCode.NotFound, "not_found");

        Assert.Equal(RequestState.Reported, (await town.DoAsync("paidan", number, "unmerge", new { note = "不是一件事" })).State);

        var (one, other) = (await town.LoadAsync(number), await town.LoadAsync(lead));
        Assert.Equal((null, 1, 1), (one.MergedIntoId, one.Supporters, other.Supporters));
        Assert.NotNull(one.NextDueAt);
        await town.DeliverAsync();
        Assert.Contains("诉求 {0}（{1}）重新等待派单。", await town.ToldAsync("paidan2", number));
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
    }

    [Fact]
    public async Task When_the_lead_is_withdrawn_its_followers_are_triaged_again()
    {
        await using var town = await LoopTown.FoundAsync();
        var (lead, one, two) = ((await town.ReportAsync()).Number, (await town.ReportAsync()).Number, (await town.ReportAsync()).Number);
        await town.DoAsync("paidan", one, "merge", new { lead });
        await town.DoAsync("paidan", two, "merge", new { lead });

        await town.DoAsync(Reporter, lead, "withdrawal");
        await town.DeliverAsync();

        foreach (var number in new[] { one, two })
        {
            var request = await town.LoadAsync(number);
            Assert.Equal((RequestState.Reported, null), (request.State, request.MergedIntoId));
            Assert.NotNull(request.NextDueAt);
            Assert.Contains("诉求 {0}（{1}）重新等待派单。", await town.ToldAsync("paidan", number));
            Assert.Equal([Step.Report, Step.Merge, Step.Unmerge], await town.HistoryAsync(number));
        }
    }

    [Fact]
    public async Task Those_who_followed_a_request_follow_its_lead_and_every_reporter_counts_once()
    {
        await using var town = await LoopTown.FoundAsync();
        var (lead, middle, last) = ((await town.ReportAsync()).Number, (await town.ReportAsync()).Number, (await town.ReportAsync()).Number);
        await town.DoAsync("paidan", last, "merge", new { lead = middle });

        await town.DoAsync("paidan", middle, "merge", new { lead });
        Assert.Equal(3, (await town.LoadAsync(lead)).Supporters);
        Assert.Equal(lead, (await town.ViewAsync(Reporter, last)).MergedInto);

        await town.DoAsync("paidan", middle, "unmerge");
        Assert.Equal((2, 1), ((await town.LoadAsync(lead)).Supporters, (await town.LoadAsync(middle)).Supporters));
    }

    [Fact]
    public async Task The_reporter_of_a_merged_request_whose_lead_was_closed_may_have_it_looked_at_again()
    {
        await using var town = await LoopTown.FoundAsync();
        var (number, lead) = ((await town.ReportAsync()).Number, (await town.ReportAsync()).Number);
        await town.DoAsync("paidan", number, "merge", new { lead });
        await town.DoAsync("paidan", lead, "refusal", new { reason = "outside-county", instead = "邻县" });

        Assert.Equal(RequestState.Reported, (await town.DoAsync(Reporter, number, "reopening", new { reason = "我说的是另一处" })).State);
        Assert.Null((await town.LoadAsync(number)).MergedIntoId);
    }

    [Fact]
    public async Task Two_requests_merged_into_one_at_the_same_instant_both_count()
    {
        await using var town = await LoopTown.FoundAsync();
        var lead = (await town.ReportAsync()).Number;
        var numbers = new List<string>();
        for (var i = 0; i < 9; i++)
        {
            numbers.Add((await town.ReportAsync()).Number);
        }

        await Task.WhenAll(numbers.Select((number, i) => town.DoAsync(i % 2 == 0 ? "paidan" : "paidan2", number, "merge", new { lead })));

        Assert.Equal(10, (await town.LoadAsync(lead)).Supporters);
    }

    /// <summary>In place of a mail server.</summary>
}
