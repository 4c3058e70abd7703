using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Import;
using Linli.Requests.Privacy;
using Linli.Requests.Report;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Webhooks;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Requests.Tests.Privacy;

/// <summary>
/// Plants fifty marks as personal data, through every way in and in every field, uses everything as everybody, and then looks for them
/// in every page, answer, letter, notice, log line and metric, in the outbox and in the files of the store.
/// </summary>
public sealed class LeakTests
{
    private static readonly string[] Logins = ["paidan", "shizheng", "gongshui", "duban", "huifang", "wangge1", "guanli", "shenji", "tongji"];

    [Fact]
    public async Task Fifty_marks_planted_everywhere_are_found_nowhere()
    {
        using var watched = new Watched();
        var (log, post, marks) = (new EveryLine(), new Postbox(), new Marks());
        await using var town = await LoopTown.FoundAsync(options: new TownOptions
        {
            Adjust = builder =>
            {
                post.TakeOver(builder);
                builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(log);
            },
        });
        await town.ChangeTypeAsync(LoopTown.Plain, t => t.Fields = [new FormField("card", "身份证号码", "Identity number", FieldType.IdNumber), new FormField("more", "补充", "More", FieldType.LongText)]);

        await watched.OpenPagesAsync(town.Town, await Task.WhenAll(new[] { "paidan", "shizheng", "duban", "huifang" }.Select(town.ActorAsync)));
        await town.Town.InScopeAsync((KeepWebhooks keep) => keep.AddAsync(Kernel.People.Actor.System, new WebhookInput("城管平台", "https://receiver.invalid/linli", null, null, null, WebhookReach.Internal), default));
        var numbers = await PlantAsync(town, marks);
        var staff = await PlantStaffAsync(town);
        await town.DeliverAsync();
        var heard = await watched.HeardAsync(town.Town);
        var seen = await UseEverythingAsync(town, numbers, marks);

        await AnonymiseAsync(town, numbers, seen);
        var store = (await StoreContents.ReadAsync(town.Town)).Split('\n');
        Assert.True(marks.All.Count >= 50, $"{marks.All.Count} marks");
        Assert.True(seen.Count > 300, $"{seen.Count} answers");
        var leaks = seen.SelectMany(s => marks.In(s.Text).Select(m => $"{s.Where}: {m}"))
            .Concat(post.All.SelectMany(l => marks.In(l.Subject + l.Body).Select(m => $"letter: {m}")))
            .Concat(log.Lines.SelectMany(l => marks.In(l).Select(m => $"log: {m}: {l[..Math.Min(160, l.Length)]}")))
            .Concat(Elsewhere(watched, heard, marks)).Concat(Elsewhere(watched, heard, staff))
            .Concat(EvidenceOf(town).SelectMany(f => marks.In(f.Text).Select(m => $"file: {m}: {f.Name}")))
            .Concat(log.Lines.Concat(store).Concat(seen.Where(s => IsStranger(s.Where)).Select(s => s.Text)).Concat(post.All.Select(l => l.Subject + l.Body)).SelectMany(t => staff.In(t).Select(m => $"of staff: {m}: {t[..Math.Min(100, t.Length)]}")))
            .Concat(store.SelectMany(l => marks.In(l).Select(m => $"store: {m}: {l[..Math.Min(100, l.Length)]}")))
            .Distinct().Order(StringComparer.Ordinal);
        Assert.Empty(leaks);
        Assert.NotEmpty(post.All);
        Assert.NotEmpty(log.Lines);
        Assert.NotEmpty(await town.Town.ReadAsync(db => db.Set<WebhookDelivery>().ToListAsync()));   // they are among what was read of the store
        Assert.All(new[] { heard.Count, watched.Measured.Count, watched.Traced.Count, EvidenceOf(town).Count }, many => Assert.True(many > 0));
        await OnlyTheReporterAsync(town, numbers, marks);
    }

    /// <summary>The search itself finds what is there: a mark in the open is reported.</summary>
    [Fact]
    public void A_mark_in_the_open_is_found()
    {
        var marks = new Marks();
        var (phone, name, email, card) = (marks.Phone("phone"), marks.Name("name"), marks.Email("email"), marks.IdNumber("card"));

        Assert.All(new[] { phone, name, email, card }, mark => Assert.Single(marks.In($"……{mark}……")));
        Assert.Empty(marks.In($"{Kernel.People.PersonalMask.Phone(phone)} {Kernel.People.PersonalMask.Name(name)} {Kernel.People.PersonalMask.Email(email)} {Kernel.People.PersonalNumbers.Mask(card)}"));
    }

    private static IEnumerable<string> Elsewhere(Watched watched, IReadOnlyList<string> heard, Marks marks) =>
        watched.Measured.Select(t => ("metric", t)).Concat(watched.Traced.Select(t => ("trace", t))).Concat(heard.Select(t => ("live", t)))
            .SelectMany(t => marks.In(t.Item2).Select(m => $"{t.Item1}: {m}: {t.Item2}"));

    /// <summary>Every file of the evidence folder, as it lies there.</summary>
    private static List<(string Name, string Text)> EvidenceOf(LoopTown town) =>
        [.. Directory.GetFiles(town.Town.Store.Data.Evidence, "*", SearchOption.AllDirectories).Select(f => (Path.GetFileName(f), System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(f))))];

    /// <summary>Nobody, and roles that have nothing to do with single people.</summary>
    private static bool IsStranger(string where) => where.StartsWith("nobody ", StringComparison.Ordinal) || where.StartsWith("tongji ", StringComparison.Ordinal);

    /// <summary>What is known of staff and of whom complaints name, and how accounts are reached: colleagues see some of it, the store and strangers nothing.</summary>
    private static async Task<Marks> PlantStaffAsync(LoopTown town)
    {
        var marks = new Marks();
        var admin = await town.AsAsync("guanli");
        var person = (await town.ActorAsync("shizheng")).Id;
        Assert.Equal(System.Net.HttpStatusCode.OK, (await admin.SendJsonAsync(HttpMethod.Put, $"/api/people/{person}", new { name = "石政", email = marks.Email("account e-mail"), phone = marks.Phone("account telephone") })).Status);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await admin.SendJsonAsync(HttpMethod.Put, $"/api/people/{person}", new { name = "石政", email = marks.Email("second account e-mail"), phone = marks.Phone("second account telephone") })).Status);
        Assert.Equal(System.Net.HttpStatusCode.Created, (await admin.SendJsonAsync(HttpMethod.Post, "/api/people/invitations", new { name = "某人", email = marks.Email("invitation"), posts = new[] { new { role = "supervisor" } } })).Status);
        var about = await town.SendReportAsync(new { serviceType = LoopTown.Plain, text = "办事的人不在岗", aboutPerson = marks.Name("complained about"), idempotencyKey = Guid.NewGuid().ToString("N") });
        Assert.Equal(System.Net.HttpStatusCode.Created, about.Status);
        using var resident = await town.Town.HttpAsync();
        foreach (var to in new[] { marks.Phone("resident's telephone"), marks.Email("resident's e-mail") })
        {
            await resident.SendJsonAsync(HttpMethod.Post, "/api/resident/code", new { to });
        }

        return marks;
    }

    /// <summary>Years later, when the first of them are tombstones.</summary>
    private static async Task AnonymiseAsync(LoopTown town, List<string> numbers, List<(string Where, string Text)> seen)
    {
        town.Clock.Advance(TimeSpan.FromDays(25 * 31));
        Assert.NotEqual(0, await town.Town.InScopeAsync((AnonymiseRequests all) => all.RunAsync(default)));
        using var dispatcher = await town.Town.HttpAsync("paidan");
        foreach (var path in numbers.SelectMany(n => new[] { $"/requests/{n}", $"/work/requests/{n}", $"/api/requests/{n}" }).Append("/work"))
        {
            seen.Add(($"tombstone {path}", Read(await dispatcher.GetAsync(path))));
        }
    }

    /// <summary>The search is not empty: the reporter's own copy has what was planted, and nothing of the neighbour who joined.</summary>
    private static async Task OnlyTheReporterAsync(LoopTown town, List<string> numbers, Marks marks)
    {
        var own = (await town.GetOwnAsync(numbers[0], "export")).Text;
        Assert.Contains(marks.In(own), m => m.StartsWith("api phone ", StringComparison.Ordinal));
        Assert.DoesNotContain(marks.In(own), m => m.StartsWith("join ", StringComparison.Ordinal));
    }

    private static async Task<List<string>> PlantAsync(LoopTown town, Marks marks)
    {
        var numbers = new List<string> { await ByApiAsync(town, marks), await ByFormAsync(town, marks, "/report", null), await ByFormAsync(town, marks, "/work/file", "paidan"), await ByFormAsync(town, marks, "/work/file", "wangge1") };
        numbers.Add(await JoinAsync(town, marks, numbers[0]));
        await ImportAsync(town, marks);
        await WorkAsync(town, marks, numbers[0]);
        await town.DoAsync("paidan", numbers[1], "refusal", new { reason = "outside-county", instead = $"请打 {marks.Phone("decline")}" });
        await town.DoAsync("paidan", numbers[2], "dispatch", new { organisation = "dept-municipal", note = $"联系 {marks.Phone("dispatch note")}" });
        await town.DoAsync("shizheng", numbers[2], "return", new { reason = "not-our-duty", explanation = $"归 {marks.Phone("return")} 管" });
        return [numbers[0], numbers[4], numbers[1], .. numbers[2..4]];
    }

    private static async Task<string> ByApiAsync(LoopTown town, Marks marks)
    {
        var content = new ByteArrayContent(marks.Picture("api photo's EXIF")) { Headers = { ContentType = new("image/jpeg") } };
        var sent = await (await town.AsAsync(LoopTown.Reporter)).SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri("/api/evidence", UriKind.Relative)) { Content = content });
        var answer = await town.SendReportAsync(new
        {
            photos = new[] { sent.Json().GetProperty("id").GetGuid() },
            serviceType = LoopTown.Plain, title = $"灯坏 {marks.Phone("api title")}", text = $"灯坏了 {marks.Phone("api text")}", place = new { area = LoopTown.Chengnan, address = $"三号楼 {marks.Phone("api address")}" },
            answers = new { card = marks.IdNumber("api id number"), more = $"也可以打 {marks.Phone("api answer")}" },
            name = marks.Name("api name"), phone = marks.Phone("api phone"), email = marks.Email("api email"), home = marks.Words("api home"), otherContact = marks.Words("api other"), idempotencyKey = Guid.NewGuid().ToString("N"),
        });
        var receipt = answer.Json<ReportRequest.Receipt>();
        town.Remember(receipt);
        return receipt.Number;
    }

    private static async Task<string> ByFormAsync(LoopTown town, Marks marks, string path, string? who)
    {
        var visitor = who is null ? await town.AsAsync(LoopTown.Reporter) : await town.AsAsync(who);
        var key = Guid.NewGuid().ToString("N");
        var form = new MultipartFormDataContent();
        void Add(string name, string value) => form.Add(new StringContent(value), name);
        Add("serviceType", LoopTown.Plain);
        Add("area", LoopTown.Chengnan);
        Add("text", $"路灯坏了 {marks.Phone($"{path} text")}");
        Add("address", $"东头 {marks.Phone($"{path} address")}");
        Add("answers.card", marks.IdNumber($"{path} id number"));
        Add("name", marks.Name($"{path} name"));
        Add("phone", marks.Phone($"{path} phone"));
        Add("email", marks.Email($"{path} email"));
        Add("home", marks.Words($"{path} home"));
        Add("otherContact", marks.Words($"{path} other"));
        Add("numbers", "keep");
        Add("idempotencyKey", key);
        form.Add(new ByteArrayContent(Pictures.Png(16, 16, ("tEXt", System.Text.Encoding.UTF8.GetBytes("Comment\0" + marks.Words($"{path} picture"))))), "photos", marks.File($"{path} file name"));
        await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = form });
        var hash = SecretCode.HashOfKey(key, who is null ? null : await town.ActorAsync(who));
        return await town.Town.ReadAsync(db => db.Set<ServiceRequest>().Where(r => r.IdempotencyHash == hash).Select(r => r.Number).SingleAsync());
    }

    private static async Task<string> JoinAsync(LoopTown town, Marks marks, string lead)
    {
        using var neighbour = await town.Town.HttpAsync();
        var answer = await neighbour.SendJsonAsync(HttpMethod.Post, $"/api/requests/{lead}/joins", new
        {
            text = $"我家也是 {marks.Phone("join text")}", name = marks.Name("join name"), phone = marks.Phone("join phone"), email = marks.Email("join email"), idempotencyKey = Guid.NewGuid().ToString("N"),
        });
        return answer.Json<ReportRequest.Receipt>().Number;
    }

    private static async Task ImportAsync(LoopTown town, Marks marks)
    {
        var folder = Directory.CreateTempSubdirectory("linli-leak-");
        var mapping = JsonNode.Parse(await File.ReadAllTextAsync(Repository.At("data", "mappings", "timeline.json")))!;
        mapping["contact"] = new JsonObject { ["name"] = "{who}", ["phone"] = "{tel}" };
        mapping["keep"] = new JsonArray("remark");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "m.json"), mapping.ToJsonString());
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "f.csv"),
            $"id,title,detail,created,likes,who,tel,remark\n1,路灯 {marks.Phone("import title")},灯坏了 {marks.Phone("import text")},2026-01-02 08:00:00,0,{marks.Name("import name")},{marks.Phone("import phone")},备注 {marks.Phone("import kept column")}\n");
        var loaded = await ImportMapping.LoadAsync(Path.Combine(folder.FullName, "m.json"), default);
        var report = await town.Town.InScopeAsync((ImportRequests import) => import.RunAsync(Path.Combine(folder.FullName, "f.csv"), loaded.Value, isDryRun: false));
        Assert.Equal(1, report.Value.Imported);
        folder.Delete(recursive: true);
    }

    /// <summary>Words of every step, by everybody who takes one.</summary>
    private static async Task WorkAsync(LoopTown town, Marks marks, string number)
    {
        string Say(string where) => $"说明 {marks.Phone(where)}";
        await town.DoAsync("paidan", number, "question", new { question = Say("question") });
        await town.DoAsync(LoopTown.Reporter, number, "answer", new { answer = Say("answer") });
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal", coHandlers = new[] { "util-water" } });
        await town.DoAsync("shizheng", number, "signature");
        await town.DoAsync("shizheng", number, "contact", new { isReached = true, note = Say("contact note") });
        await town.DoAsync("shizheng", number, "notes", new { note = Say("internal note"), isInternal = true });
        await town.DoAsync(LoopTown.Reporter, number, "notes", new { note = Say("reporter's note") });
        await town.DoAsync("shizheng", number, "tasks", new { title = Say("task"), organisation = "util-water" });
        await town.DoAsync("gongshui", number, "task-result", new { task = (await town.ViewAsync("gongshui", number)).Staff!.Tasks[0].Id, result = Say("task result") });
        await town.DoAsync("shizheng", number, "extension", new { reason = "works-volume", days = 2, explanation = Say("extension") });
        await town.DoAsync("duban", number, "extension-decision", new { isGranted = false, note = Say("extension refused") });
        await town.DoAsync("shizheng", number, "pause", new { reason = "waiting-parts", days = 2, explanation = Say("pause") });
        await town.DoAsync("shizheng", number, "resumption", new { note = Say("resume") });
        await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = Say("result") });
        await town.DoAsync(LoopTown.Reporter, number, "rating", new { grade = "veryDissatisfied", isSolved = false, comment = Say("rating") });
        await town.DoAsync("shizheng", number, "resolution", new { result = "solved", text = Say("second result") });
        await town.DoAsync(LoopTown.Reporter, number, "rating", new { grade = "satisfied", isSolved = true });
        await town.DoAsync(LoopTown.Reporter, number, "reopening", new { reason = Say("reopening") });
        foreach (var (who, part) in new[] { ("shizheng", "contact"), ("duban", "words") })
        {
            await (await town.AsAsync(who)).SendJsonAsync(HttpMethod.Post, $"/api/requests/{number}/unmaskings", new { part, reasonCode = "other", reason = Say($"{who} reason to look") });
        }
    }

    /// <summary>Every page and answer that can be read, as nobody, as the reporter and as every role; searches for the marks themselves among them.</summary>
    private static async Task<List<(string Where, string Text)>> UseEverythingAsync(LoopTown town, List<string> numbers, Marks marks)
    {
        town.Clock.Advance(TimeSpan.FromHours(1));   // what was unmasked above is masked again
        await town.Town.InScopeAsync((AuditSealer sealer) => sealer.SealAllAsync(CancellationToken.None));   // an hour without the sealer's own work would be reported as a fault
        var paths = PathsOf(town, numbers);
        var seen = new List<(string Where, string Text)>();
        using var nobody = await town.Town.HttpAsync();
        foreach (var path in paths)
        {
            seen.Add(($"nobody {path}", Read(await nobody.GetAsync(path))));
        }

        foreach (var phone in marks.All.Where(m => m.Where.EndsWith("phone", StringComparison.Ordinal)))
        {
            var found = await nobody.GetAsync($"/api/public/requests?words={phone.Trace}");
            Assert.Equal(0, found.Json().GetProperty("total").GetInt32());
        }

        seen.AddRange((await Task.WhenAll(Logins.Select(login => ReadAllAsync(town, login, paths)))).SelectMany(s => s));
        return seen;
    }

    private static async Task<List<(string Where, string Text)>> ReadAllAsync(LoopTown town, string login, List<string> paths)
    {
        using var visitor = await town.Town.HttpAsync(login);
        var seen = new List<(string Where, string Text)>();
        foreach (var path in paths)
        {
            seen.Add(($"{login} {path}", Read(await visitor.GetAsync(path))));
        }

        return seen;
    }

    private static List<string> PathsOf(LoopTown town, List<string> numbers)
    {
        var patterns = town.Town.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true).Select(e => "/" + e.RoutePattern.RawText!.Trim('/'))
            .Where(p => p is not "/live" && !p.Contains("sign-out", StringComparison.Ordinal)).Distinct();
        return
        [
            .. patterns.SelectMany(p => p.Contains("{number}", StringComparison.Ordinal) ? numbers.Take(3).Select(n => p.Replace("{number}", n, StringComparison.Ordinal)) : [p])
                .Where(p => !p.Contains('{', StringComparison.Ordinal)).Distinct(),
        ];
    }

    private static string Read(Answer answer) => answer.ContentType?.StartsWith("image/", StringComparison.Ordinal) == true ? "" : answer.Text + string.Join('\n', answer.Headers.Select(h => h.Value));

    /// <summary>Everything that is logged at the usual levels.</summary>
    private sealed class EveryLine : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
