using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Read;
using Linli.Requests.Report;
using Linli.Requests.Steps;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Linli.Shell.People;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Loop;

/// <summary>
/// A town and everybody who takes part in the loop: staff by their logins (paidan dispatches, shizheng is the municipal centre,
/// gongshui the water company, duban supervises, huifang verifies …), and "reporter", who has the request's secret code alone.
/// </summary>
internal sealed class LoopTown : IAsyncDisposable
{
    public const string Reporter = "reporter";

    /// <summary>No fields, no evidence, on public pages at once; ten working days.</summary>
    public const string Plain = "old-estate";

    /// <summary>The village that wangge1 works in.</summary>
    public const string Chengnan = "140427100001";

    private readonly ConcurrentDictionary<string, Lazy<Task<Visitor>>> _people = new();
    private readonly ConcurrentDictionary<string, string> _codes = new();

    private LoopTown(Town town) => Town = town;

    public Town Town { get; }
    public TestClock Clock => Town.Clock;

    /// <param name="checkedShare">The share of resolved requests of <see cref="Plain"/> that is drawn for verification; the draw itself is random.</param>
    /// <param name="options">What else is unusual.</param>
    public static async Task<LoopTown> FoundAsync(double checkedShare = 0, TownOptions? options = null)
    {
        var town = new LoopTown(await Town.FoundAsync(options));
        await town.ChangeTypeAsync(Plain, type => type.VerificationShare = checkedShare);
        return town;
    }

    public Task ChangeTypeAsync(string code, Action<ServiceType> change) => Town.InScopeAsync(async (LinliDb db) =>
    {
        change(await db.Set<ServiceType>().SingleAsync(t => t.Code == code));
        await db.CommitAsync(Act.BySystem("test.type", Clock.Now));
    });

    /// <summary>Somebody who is not in the demo county.</summary>
    public Task AddPersonAsync(string login, params FoundedPost[] posts) => Town.InScopeAsync(async (FoundAccounts found) =>
        Assert.True((await found.HandleAsync([new FoundedAccount(login, login, null, "demo-huguan", null, posts)], default)).Succeeded));

    /// <summary>Staff sign in anew after a while, as the product asks them to.</summary>
    public Task<Visitor> AsAsync(string who) =>
        _people.GetOrAdd(who == Reporter ? who : $"{who} {Clock.Now:yyMMddHH}", _ => new(() => who == Reporter ? Town.HttpAsync() : Town.HttpAsync(who))).Value;

    public async Task<Answer> SendReportAsync(object body) => await (await AsAsync(Reporter)).SendJsonAsync(HttpMethod.Post, "/api/requests", body);

    /// <summary>Reports over the API, without a name.</summary>
    public async Task<ReportRequest.Receipt> ReportAsync(string type = Plain, string text = "小区的楼道灯坏了，晚上看不见", string area = Chengnan, string? about = null, string? email = null)
    {
        var answer = await SendReportAsync(new { serviceType = type, text, place = new { area }, about, email, idempotencyKey = Guid.NewGuid().ToString("N") });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        var receipt = answer.Json<ReportRequest.Receipt>();
        Remember(receipt);
        return receipt;
    }

    public void Remember(ReportRequest.Receipt receipt) => _codes[receipt.Number] = receipt.SecretCode;

    public string CodeOf(string number) => _codes[number];

    public async Task<Answer> TakeAsync(string who, string number, string noun, object? body = null)
    {
        var request = new HttpRequestMessage(noun.EndsWith('s') ? HttpMethod.Post : HttpMethod.Put, new Uri($"/api/requests/{Uri.EscapeDataString(number)}/{noun}", UriKind.Relative))
        {
            Content = JsonContent.Create(body ?? new { }, options: Json.Plain),
        };
        return await SendAsync(who, number, request);
    }

    /// <summary>Takes the step and holds that it was taken.</summary>
    public async Task<StepTaken> DoAsync(string who, string number, string noun, object? body = null)
    {
        var answer = await TakeAsync(who, number, noun, body);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{who} {noun}: {answer.Text}");
        return answer.Json<StepTaken>();
    }

    /// <summary>Tries the step and holds that it was refused with this code, and that nothing was written.</summary>
    public async Task<Answer> RefusedAsync(string who, string number, string noun, object? body, HttpStatusCode status, string code)
    {
        await AsAsync(who);
        var before = await WrittenAsync();
        var answer = await TakeAsync(who, number, noun, body);
        Assert.True(answer.Status == status && answer.ProblemCode == code, $"{who} {noun}: {(int)answer.Status} {answer.Text}");
        Assert.Equal(before, await WrittenAsync());
        return answer;
    }

    public async Task<Answer> ReadAsync(string who, string number) =>
        await SendAsync(who, number, new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/requests/{Uri.EscapeDataString(number)}", UriKind.Relative)));

    /// <summary>Who looked at personal data of it.</summary>
    public async Task<Answer> TakeReadAsync(string who, string number) =>
        await SendAsync(who, number, new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/requests/{Uri.EscapeDataString(number)}/unmaskings", UriKind.Relative)));

    /// <summary>The reporter's own data, by the secret code.</summary>
    public Task<Answer> GetOwnAsync(string number, string what) => SendOwnAsync(HttpMethod.Get, number, what);

    public async Task<Answer> SendOwnAsync(HttpMethod method, string number, string what, object? body = null) =>
        await SendAsync(Reporter, number, new HttpRequestMessage(method, new Uri($"/api/requests/{number}/{what}", UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body, options: Json.Plain) });

    /// <summary>How the request goes on that this one was merged into, as the reporter of this one may read it.</summary>
    public async Task<Answer> CourseAsync(string number) =>
        await SendAsync(Reporter, number, new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/requests/{number}/lead", UriKind.Relative)));

    public async Task<RequestView> ViewAsync(string who, string number)
    {
        var answer = await ReadAsync(who, number);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json<RequestView>();
    }

    /// <summary>Uploads a small picture and names it.</summary>
    public async Task<Guid> PhotoAsync(string who)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/evidence", UriKind.Relative)) { Content = new ByteArrayContent(Pictures.Png(8, 8)) };
        var answer = await SendAsync(who, "", request);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json().GetProperty("id").GetGuid();
    }

    public async Task<ServiceRequest> LoadAsync(string number) =>
        await Town.InScopeAsync((StepRunner steps) => steps.LoadAsync(number, default)) ?? throw new InvalidOperationException($"There is no {number}.");

    /// <summary>The last clock of the kind, whatever became of it.</summary>
    public async Task<RequestClock> ClockAsync(string number, ClockKind kind) =>
        (await LoadAsync(number)).Clocks.Where(c => c.Kind == kind).OrderBy(c => c.StartedAt).ThenBy(c => c.Id).Last();

    public async Task<RequestState> StateAsync(string number) => (await LoadAsync(number)).State;

    public async Task<IReadOnlyList<Step>> HistoryAsync(string number)
    {
        var id = (await LoadAsync(number)).Id;
        var events = await Town.ReadAsync(db => db.Set<RequestEvent>().AsNoTracking().Where(e => e.RequestId == id).OrderBy(e => e.Sequence).ToListAsync());
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(e => e.Sequence));
        return [.. events.Select(e => e.Step)];
    }

    /// <summary>Everything that was ever written about requests, as counts.</summary>
    public Task<(int Requests, int Events, int Acts)> WrittenAsync() => Town.ReadAsync(async db => (
        await db.Set<ServiceRequest>().CountAsync(), await db.Set<RequestEvent>().CountAsync(), await db.Set<AuditEntry>().CountAsync(a => a.Verb.StartsWith("requests."))));

    public async Task<Actor> ActorAsync(string login)
    {
        var id = await Town.ReadAsync(db => db.Set<Account>().Where(a => a.UserName == login).Select(a => a.Id).SingleAsync());
        return (await Town.InScopeAsync((LoadActor load) => load.FindAsync(id, null, default)))!.Actor;
    }

    public async Task<Caller> CallerAsync(string login) => new(await ActorAsync(login));

    /// <summary>One look at the clocks, after which everybody concerned has been told.</summary>
    public async Task<int> LookAtClocksAsync()
    {
        var dealtWith = await Town.InScopeAsync((ClockWatch watch) => watch.LookAsync(default));
        await DeliverAsync();
        return dealtWith;
    }

    public async Task DeliverAsync() => Assert.Equal(0, await Town.DeliverAsync());

    /// <summary>The keys of what somebody was told about a request, oldest first.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(string login, string number)
    {
        var id = (await ActorAsync(login)).Id;
        return await Town.ReadAsync(db => db.Set<Notice>().Where(n => n.AccountId == id && n.Subject == number).OrderBy(n => n.Id).Select(n => n.Text).ToListAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people.Values.Where(p => p.IsValueCreated))
        {
            (await person.Value).Dispose();
        }

        await Town.DisposeAsync();
    }

    private async Task<Answer> SendAsync(string who, string number, HttpRequestMessage request)
    {
        request.Headers.Add("X-Linli", "1");
        request.Headers.Accept.ParseAdd("application/json");
        if (who == Reporter && _codes.TryGetValue(number, out var code))
        {
            request.Headers.Add(CallerSource.CodeHeader, code);
        }

        return await (await AsAsync(who)).SendAsync(request);
    }
}
