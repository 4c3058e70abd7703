using System.Net;
using Linli.Contracts.Requests;
using Linli.Requests.Life;
using Linli.Requests.Notices;
using Linli.Requests.Public;
using Linli.Requests.Queue;
using Linli.Requests.Tests.Loop;
using Linli.Requests.Twins;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Access;

/// <summary>回避 of persons: whom a request is about, or who stepped out of it, does not learn that it exists; through lists, counts, twins, merges and tasks.</summary>
public sealed class RecusalTests
{
    /// <summary>Never on public pages, where everybody reads.</summary>
    private const string Private = "vaccination";

    private const string Words = "井盖松了没人管";

    [Theory]
    [InlineData("named in the form")]
    [InlineData("complained about in the text")]
    [InlineData("stepped out")]
    [InlineData("taken out by a supervisor")]
    public async Task Whoever_is_out_of_it_meets_it_nowhere(string how)
    {
        await using var town = await LoopTown.FoundAsync();
        var name = (await town.ActorAsync("paidan2")).Name;
        var plain = (await town.ReportAsync(Private, text: Words)).Number;
        var number = await ReportAsync(town, how == "complained about in the text" ? $"{Words}，投诉{name}" : Words, how == "named in the form" ? name : null);
        await town.DeliverAsync();
        switch (how)
        {
            case "stepped out":
                await town.DoAsync("paidan2", number, "recusals", new { reason = "提交人是亲属" });
                break;
            case "taken out by a supervisor":
                await town.DoAsync("duban", number, "recusals", new { person = name, reason = "提交人是亲属" });
                break;
            default:
                break;
        }

        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal", coHandlers = new[] { "util-water" } });
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "tasks", new { title = "查水管", organisation = "util-water" });
        await town.DeliverAsync();
        await NothingAsync(town, "paidan2", number, others: plain);
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("paidan", number)).Status);
    }

    [Fact]
    public async Task Whoever_stepped_out_of_a_public_request_is_told_so_on_the_workbench_and_reads_nothing_of_it_there()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(text: Words)).Number;
        await town.DoAsync("paidan2", number, "recusals", new { reason = "提交人是亲属" });

        var page = await (await town.AsAsync("paidan2")).GetAsync($"/work/requests/{number}");
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains($"您已回避诉求 {number}", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(Words, page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_who_stepped_out_has_it_neither_as_lead_nor_as_co_handler_nor_by_a_task()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AddPersonAsync("shizheng2", new FoundedPost(Kernel.People.Role.Handler, "dept-municipal", null));
        await town.AddPersonAsync("gongshui2", new FoundedPost(Kernel.People.Role.Handler, "util-water", null));
        var number = (await town.ReportAsync(Private, text: Words)).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal", coHandlers = new[] { "util-water" } });
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "tasks", new { title = "查水管", organisation = "util-water" });
        await town.DeliverAsync();
        Assert.NotEmpty(await town.ToldAsync("gongshui2", number));

        await town.DoAsync("shizheng2", number, "recusals", new { reason = "同住一楼" });
        await town.DoAsync("gongshui2", number, "recusals", new { reason = "同住一楼" });

        await NothingAsync(town, "shizheng2", number);
        await NothingAsync(town, "gongshui2", number);
        await town.RefusedAsync("gongshui2", number, "task-result", new { task = (await town.LoadAsync(number)).Tasks[0].Id, result = "好了" }, HttpStatusCode.NotFound, "not_found");
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("shizheng", number)).Status);
    }

    [Fact]
    public async Task A_merge_carries_it_to_the_lead_and_no_twin_gives_it_away()
    {
        await using var town = await LoopTown.FoundAsync();
        var lead = (await town.ReportAsync(Private, text: Words)).Number;
        var follower = (await town.ReportAsync(Private, text: Words)).Number;
        await town.DoAsync("paidan2", follower, "recusals", new { reason = "提交人是亲属" });
        var actor = await town.ActorAsync("paidan2");

        var twins = await town.Town.InScopeAsync((FindTwins find) => find.ForStaffAsync(new TwinQuestion(Words, Private, null, null), actor, default));
        Assert.DoesNotContain(twins, t => t.Number == follower);
        await town.RefusedAsync("paidan2", lead, "merge", new { lead = follower }, HttpStatusCode.UnprocessableEntity, "invalid");

        await town.DoAsync("paidan", follower, "merge", new { lead });
        await NothingAsync(town, "paidan2", lead);
        await NothingAsync(town, "paidan2", follower);
    }

    [Fact]
    public async Task What_is_about_different_people_is_not_merged()
    {
        await using var town = await LoopTown.FoundAsync();
        var plain = (await town.ReportAsync(Private, text: Words)).Number;
        var about = await ReportAsync(town, Words, (await town.ActorAsync("shizheng")).Name);

        await town.RefusedAsync("paidan", plain, "merge", new { lead = about }, HttpStatusCode.Conflict, "merge_is_concerned");
        await town.RefusedAsync("paidan", about, "merge", new { lead = plain }, HttpStatusCode.Conflict, "merge_is_concerned");
    }

    [Fact]
    public async Task It_is_not_public_and_cannot_be_made_so_while_it_is_about_somebody()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ChangeTypeAsync(Private, t => t.Visibility = Visibility.AfterCheck);
        var number = await ReportAsync(town, Words, "王某某");

        await town.RefusedAsync("paidan", number, "publication", null, HttpStatusCode.Conflict, "request_is_about_organisation");
        Assert.Equal(HttpStatusCode.NotFound, (await (await town.Town.HttpAsync()).GetAsync($"/requests/{number}")).Status);
    }

    [Fact]
    public async Task Nobody_takes_others_out_or_lets_themselves_back_in_but_a_supervisor_does()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(Private)).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });

        await town.RefusedAsync("shizheng", number, "recusals", new { person = "paidan2", reason = "不想让他看" }, HttpStatusCode.Forbidden, "forbidden");
        await town.DoAsync("paidan2", number, "recusals", new { reason = "提交人是亲属" });
        await town.RefusedAsync("paidan2", number, "readmission", new { person = "paidan2", reason = "又想看了" }, HttpStatusCode.NotFound, "not_found");
        await town.RefusedAsync("paidan", number, "readmission", new { person = "paidan2", reason = "同事" }, HttpStatusCode.Forbidden, "forbidden");
        await town.DoAsync("duban", number, "readmission", new { person = "paidan2", reason = "不是亲属" });

        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("paidan2", number)).Status);
        Assert.Equal([Step.Report, Step.Dispatch, Step.Recuse, Step.Readmit], await town.HistoryAsync(number));
    }

    [Fact]
    public async Task The_last_one_who_can_go_on_with_it_cannot_step_out()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(Private)).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });

        await town.RefusedAsync("shizheng", number, "recusals", new { reason = "提交人是亲属" }, HttpStatusCode.Conflict, "nobody_left");
        await town.RefusedAsync("duban", number, "recusals", new { organisation = "dept-municipal", reason = "反映的就是它" }, HttpStatusCode.Conflict, "organisation_handles_it");
        await town.DoAsync("duban", number, "dispatch", new { organisation = "util-water" });
        await town.DoAsync("duban", number, "recusals", new { organisation = "dept-municipal", reason = "反映的就是它" });

        await NothingAsync(town, "shizheng", number);
    }

    [Fact]
    public async Task It_is_given_to_no_organisation_where_everybody_is_out_of_it()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = await ReportAsync(town, Words, (await town.ActorAsync("shizheng")).Name);

        await town.RefusedAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" }, HttpStatusCode.Conflict, "organisation_has_nobody");
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "util-water" });
    }

    [Fact]
    public async Task Administrators_are_asked_for_somebody_when_nobody_may_see_what_is_overdue()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(Private)).Number;
        foreach (var login in new[] { "paidan", "paidan2", "longquan", "duban" })
        {
            var person = (await town.ActorAsync(login)).Id;
            await town.Town.InScopeAsync(async (Kernel.LinliDb db) =>
            {
                var request = await db.Set<ServiceRequest>().SingleAsync(r => r.Number == number);
                request.Recuse(person);
                await db.CommitAsync(Kernel.Act.BySystem("test.recuse", town.Clock.Now));
            });
        }

        town.Clock.Set((await town.ClockAsync(number, Clocks.ClockKind.Dispatch)).DueAt);
        await town.LookAtClocksAsync();

        Assert.Contains(await town.ToldAsync("guanli", number), text => text.Contains("请任命一人", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await town.ReadAsync("guanli", number)).Status);
    }

    [Fact]
    public async Task The_reporter_and_the_public_learn_nothing_of_who_stepped_out()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(Private)).Number;
        await town.DoAsync("paidan2", number, "recusals", new { reason = "提交人是亲属" });

        Assert.DoesNotContain((await town.ViewAsync(Reporter, number)).History, h => h.Step == Step.Recuse);
        Assert.DoesNotContain("亲属", (await town.ReadAsync(Reporter, number)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_steps_out_of_one_of_those_that_are_merged_is_out_of_all_until_a_supervisor_lets_them_back_in(bool isLead)
    {
        await using var town = await LoopTown.FoundAsync();
        var lead = (await town.ReportAsync(Private, text: Words)).Number;
        string[] all = [lead, (await town.ReportAsync(Private, text: Words)).Number, (await town.ReportAsync(Private, text: Words)).Number];
        await town.DoAsync("paidan", all[1], "merge", new { lead });
        await town.DoAsync("paidan", all[2], "merge", new { lead });
        await town.DeliverAsync();

        await town.DoAsync("paidan2", isLead ? lead : all[1], "recusals", new { reason = "提交人是亲属" });
        foreach (var number in all)
        {
            await NothingAsync(town, "paidan2", number);
        }

        await town.DoAsync("duban", isLead ? all[2] : lead, "readmission", new { person = "paidan2", reason = "不是亲属" });
        foreach (var number in all)
        {
            Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("paidan2", number)).Status);
        }
    }

    [Fact]
    public async Task What_the_lead_and_its_followers_keep_from_people_holds_for_all_at_a_merge_and_stays_when_it_is_undone()
    {
        await using var town = await LoopTown.FoundAsync();
        var lead = (await town.ReportAsync(Private, text: Words)).Number;
        var follower = (await town.ReportAsync(Private, text: Words)).Number;
        await town.DeliverAsync();
        await town.DoAsync("paidan2", lead, "recusals", new { reason = "提交人是亲属" });
        Assert.NotEmpty(await town.ToldAsync("paidan2", follower));

        await town.DoAsync("paidan", follower, "merge", new { lead });
        await NothingAsync(town, "paidan2", follower);
        await town.DoAsync("duban", follower, "recusals", new { organisation = "dept-municipal", reason = "反映的就是它" });
        await town.RefusedAsync("paidan", lead, "dispatch", new { organisation = "dept-municipal" }, HttpStatusCode.Conflict, "organisation_is_concerned");

        await town.DoAsync("paidan", follower, "unmerge");
        await NothingAsync(town, "paidan2", follower);
        await NothingAsync(town, "paidan2", lead);
        await town.RefusedAsync("duban", lead, "recusals", new { organisation = "dept-municipal", reason = "还是它" }, HttpStatusCode.Conflict, "organisation_is_concerned");
    }

    [Fact]
    public async Task Nothing_is_merged_where_that_would_leave_nobody_who_could_go_on()
    {
        await using var town = await LoopTown.FoundAsync();
        var lead = (await town.ReportAsync(Private, text: Words)).Number;
        var follower = (await town.ReportAsync(Private, text: Words)).Number;
        await town.DoAsync("paidan", lead, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("duban", follower, "recusals", new { person = "shizheng", reason = "同住一楼" });

        await town.RefusedAsync("paidan", follower, "merge", new { lead }, HttpStatusCode.Conflict, "nobody_left");
    }

    private static async Task<string> ReportAsync(LoopTown town, string text, string? aboutPerson)
    {
        var answer = await town.SendReportAsync(new { serviceType = Private, text, place = new { area = Chengnan }, aboutPerson, idempotencyKey = Guid.NewGuid().ToString("N") });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json().GetProperty("number").GetString()!;
    }

    /// <summary>Asks every room that knows requests.</summary>
    /// <param name="others">A request that the person does see, so that an empty answer proves something.</param>
    private static async Task NothingAsync(LoopTown town, string login, string number, string? others = null)
    {
        var (actor, visitor) = (await town.ActorAsync(login), await town.AsAsync(login));
        Assert.Equal(HttpStatusCode.NotFound, (await town.ReadAsync(login, number)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/work/requests/{number}")).Status);
        await town.RefusedAsync(login, number, "notes", new { note = "看到了" }, HttpStatusCode.NotFound, "not_found");
        foreach (var filter in new[] { new QueueFilter(), new QueueFilter(Words: Words), new QueueFilter(Words: number) })
        {
            var lines = await town.Town.InScopeAsync((QueueQuery queue) => queue.ListAsync(filter, actor, default));
            Assert.DoesNotContain(lines.Lines, l => l.Number == number);
            Assert.Equal(lines.Lines.Count, lines.Total);
            Assert.True(others is null || filter.Words == number || lines.Lines.Any(l => l.Number == others));
        }

        foreach (var page in new[] { "/work", "/work?queue=All", "/inbox", "/work/topics", "/api/inbox", "/api/requests?queue=All" })
        {
            Assert.DoesNotContain(number, (await visitor.GetAsync(page)).Text, StringComparison.Ordinal);
        }

        Assert.Empty(await town.ToldAsync(login, number));
        var request = await town.LoadAsync(number);
        var last = await town.Town.ReadAsync(db => db.Set<RequestEvent>().Where(e => e.RequestId == request.Id).OrderByDescending(e => e.Sequence).FirstAsync());
        var happened = new RequestStepTaken(request.Id, number, last.Step.ToString(), last.From.ToString(), last.To.ToString(), last.Sequence, last.At);
        Assert.False((await town.Town.InScopeAsync((LiveQueue live) => live.DescribeAsync(happened, default)))!.Value.Audience.Contains(actor));
    }
}
