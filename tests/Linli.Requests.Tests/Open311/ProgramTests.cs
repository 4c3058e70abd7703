using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Requests.Report;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Clients;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Open311;

/// <summary>Programs on the API: a key opens what its scopes name, for its area and types, without personal data.</summary>
public sealed class ProgramTests
{
    private const string Shipo = "140427203";
    private const string Secret = "家住三单元的赵大娘 13800001111 说楼道灯坏了";

    [Fact]
    public async Task A_key_opens_what_its_scopes_name_and_nothing_else()
    {
        await using var town = await GeoTown.FoundAsync();
        var key = await IssueAsync(town, ["organisations.read"]);
        var read = await CallAsync(town, key, "/api/organisations");
        Assert.True(read.Status == HttpStatusCode.OK, read.Text);

        var other = await CallAsync(town, key, "/api/requests");
        Assert.Equal(HttpStatusCode.Forbidden, other.Status);
        Assert.Equal("Bearer error=\"insufficient_scope\"", other.Headers["WWW-Authenticate"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(town, key, "/api/people")).Status);   // no scope opens it
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(town, key, "/api/public/requests")).Status);   // everybody may

        var wrong = await CallAsync(town, "linli_" + new string('0', 40), "/api/organisations");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal("Bearer error=\"invalid_token\"", wrong.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task A_session_in_the_same_call_lends_a_key_nothing()
    {
        await using var town = await GeoTown.FoundAsync();
        var key = await IssueAsync(town, ["organisations.read"]);
        var admin = await town.Town.AsAsync("guanli");
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.SendRawAsync(HttpMethod.Get, "/api/people", null, [("Authorization", $"Bearer {key}"), ("X-Linli", "1")])).Status);
    }

    [Fact]
    public async Task The_list_of_requests_shows_a_program_its_area_and_types_and_no_words_that_are_not_public()
    {
        await using var town = await GeoTown.FoundAsync();
        await town.Town.ChangeTypeAsync("street-lamp", type => type.Visibility = Visibility.AfterCheck);
        var open = (await town.Town.ReportAsync(text: "楼道灯坏了，请打 13800002222")).Number;
        var hidden = (await ReportAsync(town, "street-lamp", LoopTown.Chengnan, Secret)).Number;
        var elsewhere = (await town.Town.ReportAsync(area: Shipo)).Number;
        var about = (await town.Town.ReportAsync(about: "dept-municipal")).Number;

        var all = await CallAsync(town, await IssueAsync(town, ["requests.read"]), "/api/requests?sort=newest");
        Assert.Equal(new[] { elsewhere, hidden, open }.Order(), Numbers(all).Order());
        Assert.DoesNotContain(about, all.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("1380000", all.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("赵大娘", all.Text, StringComparison.Ordinal);
        Assert.Contains("楼道灯坏了", all.Text, StringComparison.Ordinal);

        Assert.Equal([elsewhere], Numbers(await CallAsync(town, await IssueAsync(town, ["requests.read"], area: Shipo), "/api/requests")));
        var lamps = await IssueAsync(town, ["requests.read"], types: ["street-lamp"]);
        Assert.Equal([hidden], Numbers(await CallAsync(town, lamps, "/api/requests")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CallAsync(town, lamps, "/api/requests?words=13800001111")).Status);
    }

    [Fact]
    public async Task A_program_reports_within_its_key_and_the_audit_log_names_it()
    {
        await using var town = await GeoTown.FoundAsync();
        var key = await IssueAsync(town, [ReportApi.Scope], types: [LoopTown.Plain], area: "140427100");
        object Report(string type, string area) => new { serviceType = type, text = "路灯不亮，晚上看不见路", place = new { area }, idempotencyKey = Guid.NewGuid().ToString("N") };

        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(town, key, Report("street-lamp", LoopTown.Chengnan))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(town, key, Report(LoopTown.Plain, Shipo))).Status);
        var sent = await SendAsync(town, key, Report(LoopTown.Plain, LoopTown.Chengnan));
        Assert.True(sent.Status == HttpStatusCode.Created, sent.Text);

        var number = sent.Json().GetProperty("number").GetString()!;
        var entry = await town.Town.Town.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Subject == number && e.Verb.StartsWith("requests.")).OrderBy(e => e.Id).FirstAsync());
        Assert.Equal(ActorKind.Program, entry.Actor);
        var log = await (await town.Town.AsAsync("shenji")).GetAsync($"/api/audit?subject={number}");
        Assert.Contains("\"actor\":\"Lamp watch\"", log.Text, StringComparison.Ordinal);
        Assert.Contains(number, (await (await town.Town.AsAsync("shenji")).GetAsync("/api/audit?person=Lamp%20watch")).Text, StringComparison.Ordinal);
        Assert.Equal("Lamp watch", (await town.FirstEventAsync(number)).ActorName);
    }

    [Fact]
    public async Task Ledgers_give_a_program_totals_alone_and_such_a_key_is_for_all_types()
    {
        await using var town = await GeoTown.FoundAsync();
        await ReportAsync(town, LoopTown.Plain, LoopTown.Chengnan, Secret);
        var key = await IssueAsync(town, ["ledgers.read"]);
        var lines = await CallAsync(town, key, "/api/ledgers/county-monthly/lines");
        Assert.True(lines.Status == HttpStatusCode.OK, lines.Text);
        Assert.DoesNotContain("赵大娘", lines.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(town, key, new { format = "xlsx" }, "/api/ledgers/county-monthly/exports")).Status);

        var narrowed = await town.Town.Town.InScopeAsync((IssueKey keys) => keys.HandleAsync(Kernel.People.Actor.System, new ClientInput("x", null, ["ledgers.read"], [LoopTown.Plain], null, null), default));
        Assert.IsType<Failure.Invalid>(narrowed.Failure);
    }

    [Fact]
    public async Task A_program_may_send_again_after_a_lost_answer_and_its_rate_holds()
    {
        await using var town = await GeoTown.FoundAsync();
        var key = await IssueAsync(town, [ReportApi.Scope], rate: 1);
        var body = new { serviceType = LoopTown.Plain, text = "路灯不亮，晚上看不见路", place = new { area = LoopTown.Chengnan } };
        var (first, again) = (await SendAsync(town, key, body, again: "program-0001"), await SendAsync(town, key, body, again: "program-0001"));
        Assert.Equal((HttpStatusCode.Created, first.Text), (again.Status, again.Text));
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        HttpStatusCode last = default;
        for (var n = 0; n < 20 && last != HttpStatusCode.TooManyRequests; n++)
        {
            last = (await CallAsync(town, key, "/api/public/requests")).Status;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task Two_programs_may_number_their_reports_alike_and_neither_learns_of_the_others()
    {
        await using var town = await GeoTown.FoundAsync();
        var body = new { serviceType = LoopTown.Plain, text = "路灯不亮，晚上看不见路", place = new { area = LoopTown.Chengnan }, idempotencyKey = "ticket-000000000001" };
        var (first, other) = (await IssueAsync(town, [ReportApi.Scope]), await IssueAsync(town, [ReportApi.Scope]));
        var (one, two, nobody) = (await SendAsync(town, first, body), await SendAsync(town, other, body), await town.Town.SendReportAsync(body));
        Assert.All([one, two, nobody], sent => Assert.True(sent.Status == HttpStatusCode.Created, sent.Text));
        Assert.Equal(3, new[] { one, two, nobody }.Select(sent => sent.Json().GetProperty("number").GetString()).Distinct().Count());
        Assert.Equal(3, new[] { one, two, nobody }.Select(sent => sent.Json().GetProperty("secretCode").GetString()).Distinct().Count());
        Assert.Equal(one.Text, (await SendAsync(town, first, body)).Text);
    }

    private static Task<string> IssueAsync(GeoTown town, string[] scopes, string[]? types = null, string? area = null, int rate = 600) =>
        GeoTown.IssueAsync(town.Town, new ClientInput("Lamp watch", null, scopes, types, rate, null, area));

    private static Task<Answer> CallAsync(GeoTown town, string key, string path) => town.Client.SendRawAsync(HttpMethod.Get, path, null, [("Authorization", $"Bearer {key}")]);

    private static Task<Answer> SendAsync(GeoTown town, string key, object body, string path = "/api/requests", string? again = null) => town.Client.SendRawAsync(
        HttpMethod.Post, path, JsonContent.Create(body), [("Authorization", $"Bearer {key}"), .. again is null ? Array.Empty<(string, string)>() : [("Idempotency-Key", again)]]);

    private static async Task<ReportRequest.Receipt> ReportAsync(GeoTown town, string type, string area, string text)
    {
        var answer = await town.Town.SendReportAsync(new { serviceType = type, text, place = new { area }, answers = new { fault = "dark" }, idempotencyKey = Guid.NewGuid().ToString("N") });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json<ReportRequest.Receipt>();
    }

    private static List<string> Numbers(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return [.. answer.Json().GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("number").GetString()!)];
    }
}
