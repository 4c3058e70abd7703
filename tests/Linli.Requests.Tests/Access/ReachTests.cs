using System.Net;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Accounts;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Access;

/// <summary>How far a post reaches besides its area and organisation: service groups, sensitive matters, days.</summary>
public sealed class ReachTests
{
    private const string Sensitive = "conduct-complaint";

    [Fact]
    public async Task A_post_for_some_service_groups_sees_counts_and_hears_of_those_alone()
    {
        await using var town = await LoopTown.FoundAsync();
        var group = await town.Town.ReadAsync(db => db.Set<ServiceType>().Where(t => t.Code == LoopTown.Plain).Select(t => t.GroupCode).SingleAsync());
        await town.AddPersonAsync("fenguan", new FoundedPost(Role.Dispatcher, null, null, [group]));
        var mine = (await town.ReportAsync()).Number;
        var other = (await town.ReportAsync("suggestion")).Number;
        await town.DeliverAsync();

        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("fenguan", mine)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await town.ReadAsync("fenguan", other)).Status);
        Assert.Equal((1, 0), ((await town.ToldAsync("fenguan", mine)).Count, (await town.ToldAsync("fenguan", other)).Count));
        var queue = (await (await town.AsAsync("fenguan")).GetAsync("/api/requests?queue=All")).Json();
        Assert.Equal(1, queue.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_sensitive_matter_is_seen_by_cleared_posts_alone_and_by_whoever_filed_it()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AddPersonAsync("paidan3", new FoundedPost(Role.Dispatcher, null, null));
        var number = (await ReportSensitiveAsync(town)).Number;
        await town.DeliverAsync();

        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("paidan", number)).Status);
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync(Reporter, number)).Status);
        foreach (var login in new[] { "paidan3", "longquan", "wangge1" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await town.ReadAsync(login, number)).Status);
            Assert.Empty(await town.ToldAsync(login, number));
        }
    }

    [Fact]
    public async Task A_sensitive_matter_goes_to_no_organisation_that_has_nobody_cleared()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await ReportSensitiveAsync(town)).Number;

        await town.RefusedAsync("paidan", number, "dispatch", new { organisation = "team-youth" }, HttpStatusCode.Conflict, "organisation_has_nobody");
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
    }

    [Fact]
    public async Task A_request_follows_its_type_when_the_catalogue_makes_it_sensitive_or_moves_it()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AddPersonAsync("paidan3", new FoundedPost(Role.Dispatcher, null, null));
        var number = (await town.ReportAsync()).Number;
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("paidan3", number)).Status);

        await town.DoAsync("paidan", number, "type", new { serviceType = Sensitive });

        Assert.Equal(HttpStatusCode.NotFound, (await town.ReadAsync("paidan3", number)).Status);
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("paidan", number)).Status);
    }

    [Fact]
    public async Task Somebody_who_is_moved_sees_nothing_of_the_old_place_at_the_next_call()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync("vaccination")).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync("shizheng", number)).Status);
        var account = (await town.ActorAsync("shizheng")).Id;
        var post = await town.Town.ReadAsync(db => db.Set<Appointment>().Where(p => p.AccountId == account).Select(p => p.Id).SingleAsync());

        await town.Town.InScopeAsync((ChangePosts posts) => posts.EndAsync(Actor.System, account, post, null, default));
        await town.Town.InScopeAsync(async (ChangePosts posts) =>
        {
            var water = await town.Town.ReadAsync(db => db.Set<Kernel.Organisations.Organisation>().Where(o => o.Code == "util-water").Select(o => o.Id).SingleAsync());
            await posts.AppointAsync(Actor.System, account, new PostInput(Role.Handler, water, null), default);
        });

        Assert.Equal(HttpStatusCode.NotFound, (await town.ReadAsync("shizheng", number)).Status);
        await town.RefusedAsync("shizheng", number, "signature", new { }, HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Whoever_handled_it_does_not_check_it_after_a_change_of_post()
    {
        await using var town = await LoopTown.FoundAsync(checkedShare: 1);
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = "换了" });
        var account = (await town.ActorAsync("shizheng")).Id;
        var post = await town.Town.ReadAsync(db => db.Set<Appointment>().Where(p => p.AccountId == account).Select(p => p.Id).SingleAsync());
        await town.Town.InScopeAsync(async (ChangePosts posts) =>
        {
            await posts.EndAsync(Actor.System, account, post, null, default);
            await posts.AppointAsync(Actor.System, account, new PostInput(Role.Verifier, null, null), default);
        });

        await town.RefusedAsync("shizheng", number, "verification", new { isPassed = true }, HttpStatusCode.Conflict, "four_eyes_step");
        await town.DoAsync("huifang", number, "verification", new { isPassed = true });
    }

    [Fact]
    public async Task A_supervisor_who_handles_for_the_lead_grants_it_no_time()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AddPersonAsync("jianzhi", new FoundedPost(Role.Supervisor, null, null), new FoundedPost(Role.Handler, "dept-municipal", null));
        var number = (await town.ReportAsync()).Number;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "extension", new { reason = "complex", days = 2, explanation = "要开挖" });

        await town.RefusedAsync("jianzhi", number, "extension-decision", new { isGranted = true }, HttpStatusCode.Conflict, "four_eyes");
        await town.DoAsync("duban", number, "extension-decision", new { isGranted = true });
    }

    private static async Task<Report.ReportRequest.Receipt> ReportSensitiveAsync(LoopTown town)
    {
        var type = await town.Town.ReadAsync(db => db.Set<ServiceType>().AsNoTracking().SingleAsync(t => t.Code == Sensitive));
        Assert.True(type.IsSensitive);
        await town.ChangeTypeAsync(Sensitive, t => (t.Fields, t.IsContactRequired, t.AllowsAnonymous) = ([], false, true));
        return await town.ReportAsync(Sensitive, "工作人员上班时间不在岗");
    }
}
