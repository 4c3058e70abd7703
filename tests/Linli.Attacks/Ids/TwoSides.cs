using System.Net;
using System.Net.Http.Json;
using Linli.Attacks.Injection;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests;
using Linli.Requests.Privacy;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Passkeys;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Inbox;
using Linli.Shell.People;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Attacks.Ids;

/// <summary>
/// A town with two sides. Of one: a private request in hand at the municipal office, with everything that can hang on one; a sensitive one about
/// that office; one that a dispatcher has stepped out of; what its people have for themselves. Of the other: everybody who may not have it.
/// </summary>
public sealed class TwoSides : IAsyncLifetime
{
    private const string Shipo = "140427203";

    internal LoopTown Loop { get; private set; } = null!;

    internal Crowd Crowd { get; private set; } = null!;

    public Town Town => Loop.Town;

    /// <summary>Private, in Chengnan, with the municipal office and the water company.</summary>
    public string Private { get; private set; } = "";

    /// <summary>A complaint about the municipal office: sensitive.</summary>
    public string Sensitive { get; private set; } = "";

    /// <summary>Private, and paidan2 has stepped out of it.</summary>
    public string Recused { get; private set; } = "";

    /// <summary>Of a resident with an account.</summary>
    public string OfResident { get; private set; } = "";

    /// <summary>In Shipo, in hand there: the request of the other side.</summary>
    public string OfShipo { get; private set; } = "";

    /// <summary>Ids of the one side, by kind.</summary>
    internal IReadOnlyDictionary<Kind, string> Of { get; private set; } = new Dictionary<Kind, string>();

    /// <summary>Those of the other side: nobody of them may have anything of <see cref="Of"/>, nor see any of the requests but that of Shipo.</summary>
    internal IReadOnlyDictionary<string, Visitor> Others { get; private set; } = new Dictionary<string, Visitor>();

    public async ValueTask InitializeAsync()
    {
        (Loop, Crowd) = await Crowd.FoundAsync();
        foreach (var role in new[] { Role.Supervisor, Role.Verifier, Role.Auditor })
        {
            await Loop.AddPersonAsync($"shipo.{role}".ToLowerInvariant(), new FoundedPost(role, null, Shipo, null, true));
        }

        Private = await InHandAsync("vaccination", LoopTown.Chengnan, "dept-municipal", "shizheng", "util-water");
        OfShipo = await InHandAsync("vaccination", Shipo, "town-shipo", "shipo", "dept-health");
        Sensitive = await ReportAsync(new { serviceType = "conduct-complaint", text = "市政中心不作为，多次反映没人管", place = new { area = LoopTown.Chengnan }, about = "dept-municipal", answers = new { about = "市政中心" } });
        Recused = (await Loop.ReportAsync("vaccination")).Number;
        await Loop.DoAsync("paidan2", Recused, "recusals", new { reason = "与提交人是亲属" });
        using var resident = await Crowd.NewAsync("resident");
        OfResident = (await resident.SendJsonAsync(HttpMethod.Post, "/api/requests", Body("孩子的疫苗什么时候打"))).Json().GetProperty("number").GetString()!;
        Of = await IdsAsync();
        Others = await OthersAsync();
        await Loop.DeliverAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in Others.Values)
        {
            other.Dispose();
        }

        Crowd.Dispose();
        await Loop.DisposeAsync();
    }

    private static object Body(string text) => new { serviceType = "vaccination", text, place = new { area = LoopTown.Chengnan }, idempotencyKey = Guid.NewGuid().ToString("N") };

    private async Task<string> ReportAsync(object body)
    {
        var answer = await Loop.SendReportAsync(body);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json().GetProperty("number").GetString()!;
    }

    /// <summary>With a task, a note among staff with a photo, and an extension that waits.</summary>
    private async Task<string> InHandAsync(string type, string area, string organisation, string handler, string helps)
    {
        var number = (await Loop.ReportAsync(type, area: area, email: "someone@example.com")).Number;
        await Loop.DoAsync("paidan", number, "dispatch", new { organisation, coHandlers = new[] { helps } });
        await Loop.DoAsync(handler, number, "signature");
        await Loop.DoAsync(handler, number, "tasks", new { title = "一起去看", organisation = helps });
        await Loop.DoAsync(handler, number, "notes", new { note = "只在内部说", isInternal = true, photos = new[] { await Loop.PhotoAsync(handler) } });
        await Loop.DoAsync(handler, number, "extension", new { reason = "complex", days = 2, explanation = "要等疫苗到货" });
        return number;
    }

    private async Task<IReadOnlyDictionary<Kind, string>> IdsAsync()
    {
        var shizheng = await Loop.AsAsync("shizheng");
        var paidan = await Loop.AsAsync("paidan");
        var unmasking = await paidan.SendJsonAsync(HttpMethod.Post, $"/api/requests/{Private}/unmaskings", new { part = "contact", reasonCode = "reachReporter", reason = "核对预约" });
        Assert.True(unmasking.Status == HttpStatusCode.Created, unmasking.Text);
        var deputy = await paidan.SendJsonAsync(HttpMethod.Post, "/api/me/deputies", new { person = await IdAsync("paidan2"), until = Town.Clock.Now.AddDays(2) });
        Assert.True(deputy.Status == HttpStatusCode.OK, deputy.Text);
        var upload = await shizheng.SendRawAsync(HttpMethod.Post, "/api/evidence/uploads", null, [("X-Linli", "1"), ("Tus-Resumable", "1.0.0"), ("Upload-Length", "100")]);
        Assert.True(upload.Status == HttpStatusCode.Created, upload.Text);
        await Loop.DeliverAsync();
        var request = await Loop.LoadAsync(Private);
        var owner = await IdAsync("shizheng");
        var passkey = await KeepPasskeyAsync(owner);
        var ledger = await shizheng.SendJsonAsync(HttpMethod.Post, "/api/ledgers", new { source = "requests", name = "市政中心台账", columns = new[] { new { column = "number" } } });
        Assert.True(ledger.Status == HttpStatusCode.Created, ledger.Text);
        var export = await shizheng.SendJsonAsync(HttpMethod.Post, $"{ledger.Headers["Location"]}/exports", new { format = "csv" });
        Assert.True(export.Status == HttpStatusCode.Created, export.Text);
        return new Dictionary<Kind, string>
        {
            [Kind.Ledger] = ledger.Headers["Location"].Split('/')[^1],
            [Kind.LedgerExport] = export.Headers["Location"].Split('/')[^1],
            [Kind.Token] = $"{request.Id:N}",
            [Kind.Clock] = $"{request.Clocks[0].Id}",
            [Kind.Task] = $"{request.Tasks[0].Id}",
            [Kind.Evidence] = await Town.ReadAsync(async db => $"{await db.Set<RequestPhoto>().Where(p => p.RequestId == request.Id).Select(p => p.EvidenceId).FirstAsync()}"),
            [Kind.Unused] = $"{await Loop.PhotoAsync("shizheng")}",
            [Kind.Unmasking] = await Town.ReadAsync(async db => $"{await db.Set<Unmasking>().Select(u => u.Id).FirstAsync()}"),
            [Kind.Post] = await Town.ReadAsync(async db => $"{await db.Set<Appointment>().Where(p => p.AccountId == owner).Select(p => p.Id).FirstAsync()}"),
            [Kind.Deputy] = await Town.ReadAsync(async db => $"{await db.Set<Appointment>().Where(p => p.DeputyOf != null).Select(p => p.Id).FirstAsync()}"),
            [Kind.Session] = await Town.ReadAsync(async db => $"{await db.Set<AccountSession>().Where(s => s.AccountId == owner).Select(s => s.Id).FirstAsync()}"),
            [Kind.Passkey] = $"{passkey}",
            [Kind.Notice] = await Town.ReadAsync(async db => $"{await db.Set<Notice>().Where(n => n.AccountId == owner).Select(n => n.Id).FirstAsync()}"),
            [Kind.Upload] = upload.Headers["Location"].Split('/')[^1],
        };
    }

    private Task<Guid> IdAsync(string login) => Town.ReadAsync(db => db.Set<Account>().Where(a => a.UserName == login).Select(a => a.Id).SingleAsync());

    private async Task<Guid> KeepPasskeyAsync(Guid owner)
    {
        var passkey = new Passkey { AccountId = owner, Name = "手机", CredentialId = [1, 2, 3], PublicKey = [4], Transports = "internal", IsBackupEligible = false, CreatedAt = Town.Clock.Now };
        await Town.InScopeAsync((LinliDb db) =>
        {
            db.Add(passkey);
            return db.CommitAsync(Act.BySystem("test.passkey", Town.Clock.Now));
        });
        return passkey.Id;
    }

    private async Task<IReadOnlyDictionary<string, Visitor>> OthersAsync()
    {
        var others = new Dictionary<string, Visitor> { ["nobody"] = await Town.HttpAsync() };
        foreach (var login in new[] { "shipo", "jiaojing", "wangge2", "shipo.supervisor", "shipo.verifier", "shipo.auditor", "guanli", "tongji" })
        {
            others[login] = await Town.HttpAsync(login);
        }

        // Each of these has one of their own.
        others["reporter"] = await Town.HttpAsync();
        var own = (await others["reporter"].SendJsonAsync(HttpMethod.Post, "/api/requests", Body("狗咬了打什么针"))).Json();
        await others["reporter"].PostFormAsync("/track", ("number", own.GetProperty("number").GetString()!), ("code", own.GetProperty("secretCode").GetString()!));
        others["resident"] = await Crowd.NewAsync("resident");
        await others["resident"].SendJsonAsync(HttpMethod.Post, "/api/requests", Body("老人能打流感疫苗吗"));
        return others;
    }
}
