using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Linli.Attacks.Injection;
using Linli.Requests.Tests.Loop;
using Microsoft.AspNetCore.Http.Metadata;

namespace Linli.Attacks;

/// <summary>
/// Every property of everything that is stored (state, owner, grade, role, times, whose it is), sent along with every body and every form: a body is
/// refused with the name of the property, a form does what it does without it.
/// </summary>
public sealed partial class MassAssignmentTests(Besieged besieged) : IClassFixture<Besieged>
{
    /// <summary>Tried with every body; all others are dealt out, so that each is tried with some.</summary>
    private static readonly string[] Always = ["id", "state", "role", "isSensitive"];

    /// <summary>Where it shows that residents signed in for this, with a code by telephone.</summary>
    private static readonly string[] Signing = ["kernel_outbox_message", "shell_sent_code", "shell_resident", "shell_notice", "shell_mail_out"];

    /// <summary>Of the kind of each property, and found nowhere else.</summary>
    private const string Mark = "linli-overposted", Day = "1907-03-05", Number = "7340217", Id = "feedface-1234-7abc-8def-0123456789ab";

    private IReadOnlyList<(string Name, string Value)>? _stored;

    [Fact]
    public async Task A_body_with_a_stored_property_that_it_does_not_have_is_refused_by_name()
    {
        var stored = Stored().Select(s => s.Name).ToList();
        Assert.InRange(stored.Count, 200, 380);   // one form carries them all
        var dealt = -1;
        var wrong = new ConcurrentBag<string>();
        var tried = new ConcurrentDictionary<string, bool>();
        var barrage = besieged.Barrage();
        var before = await besieged.Town.ContentAsync();
        await barrage.AtAsync(door => door is { IsSafe: false, IsForPrograms: true } && Declared(door) is not null, async door =>
        {
            var declared = Declared(door)!;
            var visitor = await besieged.Crowd.AsAsync(besieged.Crowd.LoginFor(door) ?? LoopTown.Reporter);   // what is refused ends nobody's session
            var (body, path) = (Stage.BodyOf(door), door.PathWith(besieged.Stage.Real));
            foreach (var name in Always.Concat(Enumerable.Range(0, 6).Select(_ => stored[Interlocked.Increment(ref dealt) % stored.Count])).Where(n => !declared.Contains(n)))
            {
                var sent = With(body, name);
                var answer = await barrage.SendAsync(visitor, door, door.Method, path, new StringContent(sent, Encoding.UTF8, "application/json"));
                tried[name] = true;
                if (answer.Status != HttpStatusCode.BadRequest || !answer.Text.Contains(name, StringComparison.OrdinalIgnoreCase))
                {
                    wrong.Add($"{door} {sent} → {(int)answer.Status} {answer.Text}");
                }
            }
        });

        Assert.Empty(wrong);
        Assert.DoesNotContain(before.ChangesTo(await besieged.Town.ContentAsync()), c => Signing.All(table => !c.Contains($" {table} ", StringComparison.Ordinal)));
        Assert.True(tried.Count > 200, $"Only {tried.Count} of {stored.Count} properties were tried.");
    }

    /// <summary>Each step twice, on requests that wait for it: plainly, and with everything. What is stored afterwards is the same.</summary>
    [Fact]
    public async Task A_step_by_form_does_nothing_more_when_every_stored_property_is_sent_along()
    {
        var different = new ConcurrentBag<string>();
        var taken = 0;
        await besieged.Barrage().AtAsync(door => door.Method == HttpMethod.Post && Stage.IsStep(door), async door =>
        {
            var plain = await TakeAsync(door, []);
            var declared = Bodies.Fields(plain.Scene.Body).Select(f => f.Key).Concat(["photos", "version", "from", "numbers"]).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var more = await TakeAsync(door, [.. Stored().Where(s => !declared.Contains(s.Name)).Select(s => KeyValuePair.Create(s.Name, s.Value))]);
            Interlocked.Add(ref taken, plain.IsTaken && more.IsTaken ? 1 : 0);
            different.Add(plain.Rows == more.Rows && plain.IsTaken == more.IsTaken ? "" : $"{door}\n   {plain.Rows}\n   {more.Rows}");
        });

        Assert.True(different.All(d => d.Length == 0), string.Join('\n', different.Where(d => d.Length > 0).Take(5)));
        Assert.True(taken > 20, $"Only {taken} steps were taken.");
    }

    /// <summary>And every other form: nothing of what was sent along is stored anywhere.</summary>
    [Fact]
    public async Task No_form_stores_what_it_does_not_ask_for()
    {
        var before = await besieged.Town.ContentAsync();
        var forms = 0;
        foreach (var (path, login, fields) in Forms())
        {
            using var visitor = await besieged.Crowd.NewAsync(login);
            visitor.FollowsRedirects = false;
            var all = fields.Concat(Stored().Where(s => fields.All(f => !f.Name.Equals(s.Name, StringComparison.OrdinalIgnoreCase)) && !Asked(path).Contains(s.Name)).Select(s => (s.Name, s.Value)));
            var answer = await visitor.PostFormAsync(path, [.. all]);
            Assert.True((int)answer.Status is 200 or 302 or 303, $"{path} → {(int)answer.Status} {string.Join('\n', answer.Page.QuerySelectorAll(".field-error, h2").Select(e => e.TextContent))}");
            forms++;
        }

        var stored = before.ChangesTo(await besieged.Town.ContentAsync()).Where(c => Marked().IsMatch(c)).ToList();
        Assert.True(stored.Count == 0, string.Join('\n', stored));
        Assert.Equal(5, forms);
    }

    /// <summary>Forms whose effect is not a step, rightly filled in.</summary>
    private static IEnumerable<(string Path, string? Login, (string Name, string Value)[] Fields)> Forms() =>
    [
        ("/report", null, [("serviceType", LoopTown.Plain), ("text", "楼道里的灯不亮，晚上看不见"), ("area", LoopTown.Chengnan), ("idempotencyKey", "0123456789abcdef0123")]),
        ("/work/file", "paidan", [("serviceType", LoopTown.Plain), ("text", "来电人说楼道里的灯不亮"), ("area", LoopTown.Chengnan), ("idempotencyKey", "0123456789abcdef4567")]),
        ("/admin/people", "guanli", [("login", "over.posted"), ("name", "高某某"), ("role", "Dispatcher"), ("areaCode", "140427")]),
        ("/admin/organisations", "guanli", [("code", "social-overposted"), ("name", "某某社"), ("kind", "SocialOrganisation"), ("areaCode", "140427")]),
        ("/me/language", "paidan2", [("language", "zh")]),
    ];

    /// <summary>What these forms ask for besides: sent with a mark, it would rightly be refused or stored.</summary>
    private static HashSet<string> Asked(string path) => new(path.StartsWith("/admin/", StringComparison.Ordinal)
        ? ["nameEn", "email", "language", "organisationId", "seesSensitive", "serviceGroups", "from", "until", "address", "phone", "shortName", "parentId", "creditCode", "calendarCode", "offers", "isAllianceMember"]
        : ["about", "aboutPerson", "address", "longitude", "latitude", "name", "phone", "email", "home", "otherContact", "answers", "numbers", "place", "photos", "suggested"], StringComparer.OrdinalIgnoreCase);

    private async Task<(Scene Scene, bool IsTaken, string Rows)> TakeAsync(Door door, IReadOnlyList<KeyValuePair<string, string>> more)
    {
        var scene = await besieged.Stage.SetAsync(door);
        scene.Visitor.FollowsRedirects = false;
        var fields = Bodies.Fields(scene.Body).ToList();
        using var content = new FormUrlEncodedContent(fields.Concat(more));
        var answer = await scene.Visitor.SendRawAsync(door.Method, scene.Path, content, [("Sec-Fetch-Site", "same-origin"), .. scene.Headers]);
        var number = scene.Path.Split('/').Single(part => part.Length == 13 && part[6] == '-');
        return (scene, answer.Status == HttpStatusCode.Redirect, await RowsOfAsync(number));
    }

    /// <summary>Everything that is stored of a request, without what is new each time.</summary>
    private async Task<string> RowsOfAsync(string number)
    {
        var id = $"{(await besieged.Loop.LoadAsync(number)).Id}";
        var rows = (await besieged.Town.ContentAsync(ofRequests: true)).Values.Where(row => row.Contains(id, StringComparison.OrdinalIgnoreCase));
        return string.Join("\n   ", rows.Select(row => OwnName().Replace(Marked().Replace(row, "OVERPOSTED"), "…")).Order(StringComparer.Ordinal));
    }

    /// <summary>Names of all properties of all that is stored, each with a value that fits it.</summary>
    private IReadOnlyList<(string Name, string Value)> Stored() => _stored ??= besieged.Town.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().SelectMany(t => t.GetProperties())
        .Select(p => (Name: JsonNamingPolicy.CamelCase.ConvertName(p.Name), Value: ValueOf(Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType))).DistinctBy(p => p.Name).OrderBy(p => p.Name, StringComparer.Ordinal).ToList())).Result;

    private static string ValueOf(Type type) =>
        type == typeof(Guid) ? Id
        : type == typeof(bool) ? "true"
        : type.IsEnum ? Enum.GetNames(type)[^1]
        : type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(DateTime) ? Day
        : type.IsPrimitive || type == typeof(decimal) ? Number
        : Mark;

    /// <summary>Names that a body has anywhere; null where it is no object.</summary>
    private static HashSet<string>? Declared(Door door) =>
        door.Endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { RequestType: { IsClass: true } type } accepts && accepts.ContentTypes.Contains("application/json") && type != typeof(Stream)
            ? type.GetProperties().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase) : null;

    private static string With(JsonNode? body, string name)
    {
        var copy = body?.DeepClone() as JsonObject ?? [];
        copy[name] = JsonSerializer.SerializeToNode(Mark);
        return copy.ToJsonString();
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|\\d{6}-\\d{6}|[A-Za-z0-9+/_-]{20,}|\\bId=\\d+")]
    private static partial Regex OwnName();

    [GeneratedRegex($"{Mark}|{Day}|{Number}|{Id}", RegexOptions.IgnoreCase)]
    private static partial Regex Marked();
}
