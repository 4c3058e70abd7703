using System.Net;
using Linli.Requests.Life;
using Linli.Requests.Report;
using Linli.Requests.Tests.Loop;
using Linli.Testing;
using Linli.Testing.Http;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Twins;

/// <summary>我也遇到: joining a request instead of filing a new one.</summary>
public sealed class JoinTests
{
    [Fact]
    public async Task Who_joins_has_a_number_and_a_code_of_their_own_counts_and_is_told_of_every_step()
    {
        var post = new Postbox();
        await using var town = await LoopTown.FoundAsync(options: new TownOptions { Adjust = post.TakeOver });
        var lead = (await town.ReportAsync()).Number;
        var joined = (await JoinAsync(town, lead, new { email = "second@example.cn", text = "我家那栋也一样", idempotencyKey = NewKey() })).Json();
        var (number, code) = (joined.GetProperty("number").GetString()!, joined.GetProperty("secretCode").GetString()!);

        Assert.NotEqual(lead, number);
        Assert.Equal("merged", joined.GetProperty("state").GetString());
        Assert.Equal(2, (await town.LoadAsync(lead)).Supporters);
        await town.DoAsync("paidan", lead, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", lead, "signature");
        await town.DoAsync("shizheng", lead, "resolution", new { result = "solved", text = "换了灯泡" });
        await town.DeliverAsync();

        Assert.Contains(post.To("second@example.cn"), m => m.Body.Contains($"您的诉求 {number} 已经办结", StringComparison.Ordinal));
        using var visitor = await town.Town.HttpAsync();
        await visitor.PostFormAsync("/track", ("number", number), ("code", code));
        var page = (await visitor.GetAsync($"/track/{number}")).Text;
        Assert.Contains("我家那栋也一样", page, StringComparison.Ordinal);
        Assert.Contains("换了灯泡", page, StringComparison.Ordinal);
        Assert.Contains("2 人反映", (await visitor.GetAsync($"/requests/{lead}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("我家那栋也一样", (await visitor.GetAsync($"/requests/{lead}")).Text + (await visitor.GetAsync("/requests")).Text, StringComparison.Ordinal);
    }

    /// <summary>A public request may follow one that was written in confidence.</summary>
    [Fact]
    public async Task Who_joins_gets_the_words_that_everybody_may_read_and_no_others()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ChangeTypeAsync(Plain, type => type.Visibility = Visibility.Private);
        var lead = (await town.ReportAsync(text: "张主任收了红包")).Number;
        await town.ChangeTypeAsync(Plain, type => type.Visibility = Visibility.Public);
        var meant = (await town.ReportAsync(text: "找 13812345678 问楼道灯")).Number;
        await town.DoAsync("paidan", meant, "merge", new { lead });

        var joined = (await JoinAsync(town, meant, new { idempotencyKey = NewKey() })).Json().GetProperty("number").GetString()!;

        var request = await town.LoadAsync(joined);
        Assert.Equal("我也遇到：找 138******** 问楼道灯", request.Text);
        Assert.DoesNotContain("红包", request.Title + request.SearchText, StringComparison.Ordinal);
        Assert.Equal((Visibility.Public, 3), (request.Visibility, (await town.LoadAsync(lead)).Supporters));
    }

    [Fact]
    public async Task The_second_click_is_the_first_one_and_ten_at_once_count_ten()
    {
        await using var town = await LoopTown.FoundAsync();
        var (lead, key) = ((await town.ReportAsync()).Number, NewKey());
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => JoinAsync(town, lead, new { idempotencyKey = key })));

        Assert.Single(answers.Select(a => a.Json().GetProperty("number").GetString()).Distinct());
        Assert.Single(answers.Select(a => a.Json().GetProperty("secretCode").GetString()).Distinct());
        Assert.Equal(2, (await town.LoadAsync(lead)).Supporters);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => JoinAsync(town, lead, new { idempotencyKey = NewKey() })));
        Assert.Equal(6, (await town.LoadAsync(lead)).Supporters);
    }

    [Fact]
    public async Task What_has_ended_or_is_resolved_cannot_be_joined_and_the_answer_says_why()
    {
        await using var town = await LoopTown.FoundAsync();
        var (withdrawn, resolved) = ((await town.ReportAsync()).Number, (await town.ReportAsync()).Number);
        await town.DoAsync(Reporter, withdrawn, "withdrawal");
        await town.DoAsync("paidan", resolved, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", resolved, "signature");
        await town.DoAsync("shizheng", resolved, "resolution", new { result = "solved", text = "好了" });

        var over = await JoinAsync(town, resolved, new { idempotencyKey = NewKey() }, HttpStatusCode.Conflict);
        Assert.Contains("已办结", over.Text, StringComparison.Ordinal);
        await JoinAsync(town, withdrawn, new { idempotencyKey = NewKey() }, HttpStatusCode.NotFound);
        await JoinAsync(town, "261122-000000", new { idempotencyKey = NewKey() }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_not_public_cannot_be_joined_by_residents_and_whoever_it_is_about_never_sees_who_joined()
    {
        await using var town = await LoopTown.FoundAsync();
        var hidden = (await town.ReportAsync(about: "dept-municipal")).Number;

        await JoinAsync(town, hidden, new { idempotencyKey = NewKey() }, HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NotFound, (await (await town.AsAsync("shizheng")).PostFormAsync($"/work/file/join/{hidden}", ("text", "我也"), ("serviceType", ""), ("idempotencyKey", NewKey()))).Status);
        var joined = (await (await town.AsAsync("paidan")).PostFormAsync($"/work/file/join/{hidden}", ("text", "我也"), ("idempotencyKey", NewKey()))).Path["/work/filed/".Length..];

        Assert.Equal(HttpStatusCode.OK, (await (await town.AsAsync("paidan")).GetAsync($"/api/requests/{joined}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await town.AsAsync("shizheng")).GetAsync($"/api/requests/{joined}")).Status);
    }

    [Fact]
    public async Task On_one_device_a_request_is_joined_once_and_never_by_its_own_reporter()
    {
        await using var town = await LoopTown.FoundAsync();
        var lead = (await town.ReportAsync()).Number;
        using var visitor = await town.Town.HttpAsync();
        var first = await visitor.PostFormAsync($"/requests/{lead}/join", ("idempotencyKey", NewKey()));
        var again = await visitor.PostFormAsync($"/requests/{lead}/join", ("idempotencyKey", NewKey()));
        using var reporter = await town.Town.HttpAsync();
        var filed = await reporter.PostFormAsync("/report", ("text", "楼道里的灯坏了"), ("serviceType", Plain), ("area", Chengnan), ("idempotencyKey", NewKey()));
        var own = filed.Path.Split('/')[2];

        Assert.StartsWith("/track/", first.Path, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains($"编号是 {first.Path.Split('/')[2]}", again.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await reporter.PostFormAsync($"/requests/{own}/join", ("idempotencyKey", NewKey()))).Status);
        Assert.Equal(2, (await town.LoadAsync(lead)).Supporters);
    }

    [Fact]
    public async Task When_the_lead_is_withdrawn_those_who_joined_stand_alone_and_are_triaged()
    {
        await using var town = await LoopTown.FoundAsync();
        var lead = (await town.ReportAsync()).Number;
        var joined = (await JoinAsync(town, lead, new { idempotencyKey = NewKey() })).Json().GetProperty("number").GetString()!;
        await town.DoAsync(Reporter, lead, "withdrawal");

        var alone = await town.LoadAsync(joined);
        Assert.Equal((RequestState.Reported, false, "我也遇到：小区的楼道灯坏了，晚上看不见"), (alone.State, alone.IsPublished, alone.Text));
        await town.DoAsync("paidan", joined, "dispatch", new { organisation = "dept-municipal" });
    }

    [Fact]
    public async Task Staff_join_for_a_caller_and_get_a_number_to_read_out()
    {
        await using var town = await LoopTown.FoundAsync();
        var lead = (await town.ReportAsync()).Number;
        var sent = await (await town.AsAsync("paidan")).PostFormAsync($"/work/file/join/{lead}", ("text", "打电话的说他家也是"), ("serviceType", ""), ("idempotencyKey", NewKey()));

        Assert.StartsWith("/work/filed/", sent.Path, StringComparison.Ordinal);
        Assert.Equal(Channel.Phone, (await town.LoadAsync(sent.Path["/work/filed/".Length..])).Channel);
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");

    private static async Task<Answer> JoinAsync(LoopTown town, string number, object body, HttpStatusCode expected = HttpStatusCode.Created)
    {
        using var visitor = await town.Town.HttpAsync();
        var answer = await visitor.SendJsonAsync(HttpMethod.Post, $"/api/requests/{number}/joins", body);
        Assert.True(answer.Status == expected, $"{answer.Status} {answer.Text}");
        return answer;
    }
}
