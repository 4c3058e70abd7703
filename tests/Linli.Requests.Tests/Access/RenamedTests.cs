using System.Net;
using Linli.Requests.Notices;
using Linli.Requests.Queue;
using Linli.Requests.Tests.Loop;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Access;

/// <summary>A new name lifts no 回避: what is about somebody under a name that they had stays closed to them, whenever it was written.</summary>
public sealed class RenamedTests
{
    [Fact]
    public async Task Whoever_is_renamed_stays_out_of_what_is_about_the_old_name_and_the_new_one()
    {
        await using var town = await LoopTown.FoundAsync();
        var old = (await town.ActorAsync("paidan2")).Name;
        var before = await ReportAsync(town, old);
        await RenameAsync(town, "周改名");
        await RenameAsync(town, "周又改");
        string[] about = [before, await ReportAsync(town, old), await ReportAsync(town, "周改名"), await ReportAsync(town, "周 又改")];
        var plain = await ReportAsync(town, "孙无关");
        await town.DeliverAsync();

        var actor = await town.ActorAsync("paidan2");
        var lines = await town.Town.InScopeAsync((QueueQuery queue) => queue.ListAsync(new QueueFilter(), actor, default));
        Assert.Equal([plain], lines.Lines.Select(l => l.Number));
        foreach (var number in about)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await town.ReadAsync("paidan2", number)).Status);
            Assert.Empty(await town.ToldAsync("paidan2", number));
            var concern = (await town.LoadAsync(number)).Concern;
            Assert.Equal([actor.Id], await town.Town.InScopeAsync((ConcernedFilter filter) => filter.AmongAsync([actor.Id], concern, default)));
        }
    }

    private static async Task RenameAsync(LoopTown town, string name)
    {
        var person = (await town.ActorAsync("paidan2")).Id;
        var answer = await (await town.AsAsync("guanli")).SendJsonAsync(HttpMethod.Put, $"/api/people/{person}", new { name });
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }

    private static async Task<string> ReportAsync(LoopTown town, string aboutPerson)
    {
        var answer = await town.SendReportAsync(new { serviceType = "vaccination", text = "井盖松了没人管", place = new { area = Chengnan }, aboutPerson, idempotencyKey = Guid.NewGuid().ToString("N") });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json().GetProperty("number").GetString()!;
    }
}
