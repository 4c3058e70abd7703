using System.Net;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Tests.Loop;
using Microsoft.EntityFrameworkCore;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Access;

/// <summary>回避 of those whom a reporter plainly complains about, wherever and whenever they write it.</summary>
public sealed class ComplaintHeardTests
{
    private const string Plainly = "井盖松了";

    [Theory]
    [InlineData("in the title")]
    [InlineData("in an answer")]
    [InlineData("with a space in the name")]
    [InlineData("with a character that nobody sees in the name")]
    [InlineData("with a space in the word")]
    [InlineData("beside somebody else")]
    public async Task Whoever_is_complained_about_is_out_of_it_from_the_first_moment(string how)
    {
        await using var town = await LoopTown.FoundAsync();
        var name = (await town.ActorAsync("paidan2")).Name;
        if (how == "in an answer")
        {
            await town.ChangeTypeAsync(Plain, t => t.Fields = [new("more", "其他", "More", FieldType.Text)]);
        }

        var text = how switch
        {
            "with a space in the name" => $"{Plainly}，投诉{name[0]} {name[1..]}",
            "with a character that nobody sees in the name" => $"{Plainly}，投诉{name[0]}\u200b{name[1..]}",
            "with a space in the word" => $"{Plainly}，投　诉 {name}",
            "beside somebody else" => $"投诉{(await town.ActorAsync("shizheng")).Name}，也投诉{name}",
            _ => Plainly,
        };
        var answer = await town.SendReportAsync(new
        {
            serviceType = Plain, text, title = how == "in the title" ? $"投诉{name}" : null, place = new { area = Chengnan },
            answers = how == "in an answer" ? new Dictionary<string, string> { ["more"] = $"{name}态度恶劣" } : null, idempotencyKey = Guid.NewGuid().ToString("N"),
        });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);

        await OutAsync(town, answer.Json().GetProperty("number").GetString()!);
    }

    [Theory]
    [InlineData(Step.Note)]
    [InlineData(Step.Answer)]
    [InlineData(Step.Reopen)]
    [InlineData(Step.Rate)]
    public async Task Whoever_is_complained_about_later_is_out_from_then_on_and_it_leaves_the_public_pages(Step step)
    {
        await using var town = await LoopTown.FoundAsync();
        var name = (await town.ActorAsync("paidan2")).Name;
        var number = (await town.ReportAsync()).Number;
        var follower = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", follower, "merge", new { lead = number });
        await town.DeliverAsync();
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("paidan2", number)).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await town.Town.HttpAsync()).GetAsync($"/requests/{number}")).Status);
        if (step == Step.Answer)
        {
            await town.DoAsync("paidan", number, "question", new { question = "在哪里？" });
        }
        else if (step is Step.Rate or Step.Reopen)
        {
            await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
            await town.DoAsync("shizheng", number, "signature");
            await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = "修好了" });
        }

        if (step == Step.Reopen)
        {
            await town.DoAsync(Reporter, number, "rating", new { grade = "satisfied" });
        }

        var words = $"{name}态度恶劣";
        await (step switch
        {
            Step.Note => town.DoAsync(Reporter, number, "notes", new { note = words }),
            Step.Answer => town.DoAsync(Reporter, number, "answer", new { answer = words }),
            Step.Reopen => town.DoAsync(Reporter, number, "reopening", new { reason = words }),
            _ => town.DoAsync(Reporter, number, "rating", new { grade = "dissatisfied", comment = words }),
        });
        await town.DeliverAsync();

        await OutAsync(town, number);
        await OutAsync(town, follower);
        Assert.NotEmpty(await town.ToldAsync("duban", number));
        Assert.DoesNotContain((await town.ViewAsync(Reporter, number)).History, h => h.Step == Step.Recuse);
    }

    [Fact]
    public async Task What_staff_write_about_one_another_takes_nobody_out()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "notes", new { note = $"有人投诉{(await town.ActorAsync("paidan2")).Name}，已核实不是" });

        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("paidan2", number)).Status);
    }

    [Fact]
    public async Task Whoever_joins_with_a_complaint_gets_a_request_of_their_own_and_takes_nothing_off_the_public_pages()
    {
        await using var town = await LoopTown.FoundAsync();
        var name = (await town.ActorAsync("paidan2")).Name;
        var lead = (await town.ReportAsync()).Number;
        var joiner = await town.Town.HttpAsync();
        var body = new { text = $"我家也是，投诉{name}", idempotencyKey = Guid.NewGuid().ToString("N") };
        var joined = await joiner.SendJsonAsync(HttpMethod.Post, $"/api/requests/{lead}/joins", body);
        var again = await joiner.SendJsonAsync(HttpMethod.Post, $"/api/requests/{lead}/joins", body);

        var number = joined.Json().GetProperty("number").GetString()!;
        Assert.Equal(number, again.Json().GetProperty("number").GetString());
        await OutAsync(town, number);
        Assert.Equal((RequestState.Reported, (Guid?)null), ((await town.LoadAsync(number)).State, (await town.LoadAsync(number)).MergedIntoId));
        Assert.Equal(HttpStatusCode.OK, (await (await town.Town.HttpAsync()).GetAsync($"/requests/{lead}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("paidan2", lead)).Status);
    }

    private static async Task OutAsync(LoopTown town, string number)
    {
        await town.DeliverAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await town.ReadAsync("paidan2", number)).Status);
        Assert.Empty(await town.ToldAsync("paidan2", number));
        Assert.Equal(HttpStatusCode.NotFound, (await (await town.Town.HttpAsync()).GetAsync($"/requests/{number}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("paidan", number)).Status);
    }
}
