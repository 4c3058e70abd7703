using System.Net;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Dispatch;
using Linli.Requests.Life;
using Linli.Requests.Steps;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Loop;

/// <summary>Two people, two clicks, two hundred organisations: one of them acts, the others learn what has changed.</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public async Task The_second_of_two_dispatchers_learns_who_did_what()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        var seen = (await town.ViewAsync("paidan2", number)).Version;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal", version = seen });

        var answer = await town.RefusedAsync("paidan2", number, "dispatch", new { organisation = "util-water", version = seen }, HttpStatusCode.Conflict, "changed_meanwhile");

        var detail = answer.Json().GetProperty("detail").GetString()!;
        Assert.All([number, "李雅琴", "派单", "待签收", "9:00"], word => Assert.Contains(word, detail, StringComparison.Ordinal));
        Assert.Equal("dept-municipal", (await town.ViewAsync("paidan2", number)).LeadCode);
    }

    [Fact]
    public async Task The_second_click_of_the_same_person_gets_the_same_answer_and_writes_nothing()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        var step = new { organisation = "dept-municipal", version = 1 };

        var first = await town.DoAsync("paidan", number, "dispatch", step);
        var written = await town.WrittenAsync();
        var second = await town.DoAsync("paidan", number, "dispatch", step);

        Assert.Equal(first, second);
        Assert.Equal(written, await town.WrittenAsync());
    }

    [Fact]
    public async Task Eight_clicks_at_the_same_instant_are_one_step_with_one_answer()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        await town.AsAsync("paidan");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal", version = 1 })));

        Assert.Single(answers.Distinct());
        Assert.Equal([Step.Report, Step.Dispatch], await town.HistoryAsync(number));
    }

    [Fact]
    public async Task Of_two_dispatchers_at_the_same_instant_exactly_one_dispatches()
    {
        await using var town = await LoopTown.FoundAsync();
        for (var round = 0; round < 5; round++)
        {
            var number = (await town.ReportAsync()).Number;
            var answers = await Task.WhenAll(
                town.TakeAsync("paidan", number, "dispatch", new { organisation = "dept-municipal", version = 1 }),
                town.TakeAsync("paidan2", number, "dispatch", new { organisation = "util-water", version = 1 }));

            Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
            Assert.Single(answers, a => a.Status == HttpStatusCode.Conflict && a.ProblemCode == "changed_meanwhile");
            Assert.Equal([Step.Report, Step.Dispatch], await town.HistoryAsync(number));
        }
    }

    [Fact]
    public async Task Notes_written_at_the_same_instant_are_all_kept()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync()).Number;
        string[] people = ["paidan", "paidan2", "duban", LoopTown.Reporter];
        await Task.WhenAll(people.Select(town.AsAsync));

        await Task.WhenAll(people.Select(who => town.DoAsync(who, number, "notes", new { note = $"{who} 看过了", version = 1 })));

        Assert.Equal([Step.Report, Step.Note, Step.Note, Step.Note, Step.Note], await town.HistoryAsync(number));
    }

    [Fact]
    public async Task Two_hundred_organisations_claim_one_offer_at_the_same_instant_and_exactly_one_has_it()
    {
        const int many = 200;
        await using var town = await LoopTown.FoundAsync();
        var (codes, actors) = await FoundAlliesAsync(town, many);
        var number = (await town.ReportAsync()).Number;
        var offered = await town.DoAsync("paidan", number, "offer", new { organisations = codes, hours = 24 });
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tries = actors.Select((actor, i) => Task.Run(async () =>
        {
            await using var scope = town.Town.Services.CreateAsyncScope();
            var claim = scope.ServiceProvider.GetRequiredService<ClaimRequest>();
            await start.Task;
            return (Actor: actor, Outcome: await claim.RunAsync(number, new(null, i % 2 == 0 ? offered.Version : null), new Caller(actor), default));
        })).ToList();

        start.SetResult();
        var outcomes = await Task.WhenAll(tries);

        var winner = Assert.Single(outcomes, o => o.Outcome.Succeeded);
        Assert.All(outcomes.Where(o => !o.Outcome.Succeeded), o => Assert.Contains(Assert.IsType<Failure.Conflict>(o.Outcome.Failure).Code, (string[])["offer_over", "changed_meanwhile", "step_not_possible"]));
        Assert.Equal([Step.Report, Step.Offer, Step.Claim], await town.HistoryAsync(number));
        var request = await town.LoadAsync(number);
        Assert.Equal((RequestState.InHand, Assert.Single(winner.Actor.Posts).OrganisationId), (request.State, request.LeadOrganisationId));
        var offers = await town.Town.ReadAsync(db => db.Set<RequestOffer>().Where(o => o.RequestId == request.Id).ToListAsync());
        Assert.Equal((many, 1, many), (offers.Count, offers.Count(o => o.IsClaimed), offers.Count(o => o.EndedAt is not null)));
        await town.DeliverAsync();
        Assert.Equal(many - 1, await town.Town.ReadAsync(db => db.Set<Shell.Inbox.Notice>().CountAsync(n => n.Subject == number && n.Text.Contains("已被别的单位接走"))));
    }

    /// <summary>Organisations of the alliance, each with one handler.</summary>
    private static async Task<(IReadOnlyList<string> Codes, IReadOnlyList<Actor> Actors)> FoundAlliesAsync(LoopTown town, int count)
    {
        var allies = Enumerable.Range(0, count).Select(i => (
            Organisation: new Organisation { Code = $"ally-{i}", Name = $"志愿队{i}", Kind = OrganisationKind.VolunteerTeam, AreaCode = "140427", IsAllianceMember = true },
            Account: new Account { Id = Guid.CreateVersion7(), UserName = $"ally{i}", NormalizedUserName = $"ALLY{i}", Name = $"队长{i}", SecurityStamp = $"{i}" })).ToList();
        await town.Town.InScopeAsync(async (LinliDb db) =>
        {
            db.AddRange(allies.Select(a => a.Organisation));
            db.AddRange(allies.Select(a => a.Account));
            db.AddRange(allies.Select(a => new Appointment { AccountId = a.Account.Id, Role = Role.Handler, OrganisationId = a.Organisation.Id, AreaCode = "140427", From = town.Clock.Now }));
            await db.CommitAsync(Act.BySystem("test.allies", town.Clock.Now));
        });
        var actors = new List<Actor>();
        await town.Town.InScopeAsync(async (LoadActor load) =>
        {
            foreach (var ally in allies)
            {
                actors.Add((await load.FindAsync(ally.Account.Id, null, default))!.Actor);
            }
        });
        return ([.. allies.Select(a => a.Organisation.Code)], actors);
    }
}
