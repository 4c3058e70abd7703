using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Linli.Attacks.Injection;
using Linli.Kernel;
using Linli.Shell.Http;
using Linli.Testing.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Linli.Attacks.Ids;

/// <summary>
/// Every id in every address and every body, tried by everybody who may not have what it names: the answer is the one for an id that names nothing,
/// and nothing is written. What an id names is said in <see cref="Kinds"/>, once for every door.
/// </summary>
public sealed partial class IdTests(TwoSides sides) : IClassFixture<TwoSides>
{
    [Fact]
    public void Of_every_id_it_is_said_what_it_names()
    {
        var unsaid = sides.Town.Doors().SelectMany(d => d.Places.Where(p => Kinds.Of(d, p) is null).Select(p => $"Say in Kinds.InAddresses whose {{{p}}} is: {d}"))
            .Concat(sides.Town.Doors().SelectMany(d => IdsIn(d).Where(p => Kinds.OfBody(p) is null).Select(p => $"Say in Kinds.InBodies whose {p} is: {d}")));

        Assert.Empty(unsaid);
    }

    [Fact]
    public async Task Nobody_of_the_other_side_gets_more_than_for_an_id_that_names_nothing()
    {
        string[] requests = [sides.Private, sides.Sensitive, sides.Recused, sides.OfResident];
        var more = new ConcurrentBag<string>();
        var before = await sides.Town.ContentAsync();
        await Parallel.ForEachAsync(DoorsWithIds(), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (door, _) =>
        {
            var turn = door.ToString().Sum(c => c);
            // Every role at every operation; the pages, which do the same, share them out.
            foreach (var (who, visitor) in sides.Others.Where((_, i) => door.IsForPrograms || (i + turn) % 3 == 0).ToList())
            {
                var number = requests[turn++ % requests.Length];
                more.Add(await DifferenceAsync(visitor, door, kind => kind == Kind.Request ? number : sides.Of[kind]) is { } what ? $"{who}: {what}" : "");
            }
        });

        AreAlike(more);
        Assert.Empty(before.ChangesTo(await sides.Town.ContentAsync()));
    }

    /// <summary>They see all others of the county or the office; this one they do not.</summary>
    [Theory]
    [InlineData("paidan2", nameof(TwoSides.Recused))]
    [InlineData("shizheng", nameof(TwoSides.Sensitive))]
    [InlineData("longquan", nameof(TwoSides.Sensitive))]
    public async Task Whoever_is_out_of_a_request_gets_no_more_of_it_than_of_one_that_is_not_there(string login, string which)
    {
        var number = which == nameof(TwoSides.Recused) ? sides.Recused : sides.Sensitive;
        var visitor = await sides.Loop.AsAsync(login);
        var more = new List<string>();
        var before = await sides.Town.ContentAsync();
        foreach (var door in DoorsWithIds().Where(d => d.Places is ["number"]))
        {
            more.Add(await DifferenceAsync(visitor, door, _ => number) ?? "");
        }

        AreAlike(more);
        Assert.Empty(before.ChangesTo(await sides.Town.ContentAsync()));
    }

    /// <summary>One's own request in the address, something of another's beside it or in the body.</summary>
    [Fact]
    public async Task What_belongs_to_another_request_is_not_reached_by_way_of_ones_own()
    {
        var shipo = sides.Others["shipo"];
        var (paidan2, reported) = (await sides.Loop.AsAsync("paidan2"), (await sides.Loop.ReportAsync("vaccination")).Number);
        var more = new List<string>();
        var tried = 0;
        var before = await sides.Town.ContentAsync();
        foreach (var door in DoorsWithIds().Where(d => d.Places is ["number", not "format"]))
        {
            var (own, nothing) = (door.PathWith(p => p == "number" ? sides.OfShipo : sides.Of[Kind.Clock]), door.PathWith(p => p == "number" ? sides.OfShipo : Kinds.Nothing(sides.Of[Kind.Clock])));
            more.Add(Difference(door, await SendAsync(shipo, door, own, null), own, await SendAsync(shipo, door, nothing, null), nothing) ?? "");
        }

        foreach (var door in sides.Town.Doors().Where(d => d is { IsSafe: false, IsForPrograms: true }))
        {
            foreach (var name in IdsIn(door))
            {
                foreach (var foreign in ForeignOf(name))
                {
                    foreach (var (visitor, number) in new[] { (shipo, sides.OfShipo), (paidan2, reported), (sides.Others["nobody"], reported) })
                    {
                        var path = door.PathWith(p => p == "number" ? number : null);
                        more.Add(Difference(door, await SendAsync(visitor, door, path, With(door, name, foreign)), foreign, await SendAsync(visitor, door, path, With(door, name, Kinds.Nothing(foreign))), Kinds.Nothing(foreign)) ?? "");
                        tried++;
                    }
                }
            }
        }

        AreAlike(more);
        Assert.Empty(before.ChangesTo(await sides.Town.ContentAsync()));
        Assert.True(tried > 30, $"Only {tried} ids in bodies were tried.");
    }

    /// <summary>The same doors lead somewhere for whom the ids are; or the others are refused for another reason than theirs.</summary>
    [Fact]
    public async Task Whose_they_are_gets_more_by_the_same_doors()
    {
        var opened = new List<string>();
        foreach (var door in DoorsWithIds().Where(d => d.IsSafe))
        {
            foreach (var who in new[] { "shizheng", "duban" })
            {
                if (await DifferenceAsync(await sides.Loop.AsAsync(who), door, kind => kind == Kind.Request ? sides.Private : sides.Of[kind]) is not null)
                {
                    opened.Add($"{who} {door}");
                }
            }
        }

        foreach (var door in new[] { "GET /api/requests/{number}", "GET /api/requests/{number}/clocks/{id:guid}/explanation", "GET /work/requests/{number}", "GET /files/{id:guid}", "HEAD /api/evidence/uploads/{id}", "GET /inbox/{id:long}" })
        {
            Assert.Contains($"shizheng {door}", opened);
        }

        Assert.Contains("duban GET /api/requests/{number}/legal-hold", opened);
    }

    private static void AreAlike(IEnumerable<string> differences)
    {
        var found = differences.Where(d => d.Length > 0).ToList();
        Assert.True(found.Count == 0, $"{found.Count} are answered otherwise than an id that names nothing.\n{string.Join('\n', found.Take(12))}");
    }

    private List<Door> DoorsWithIds() => [.. sides.Town.Doors().Where(d => d.Places.Any(p => Kinds.Of(d, p) is not (Kind.County or Kind.Administered or Kind.Notation or null)))];

    /// <summary>Null when what is there and what is not are answered alike.</summary>
    private async Task<string?> DifferenceAsync(Visitor visitor, Door door, Func<Kind, string> real)
    {
        var ids = door.Places.Where(place => Kinds.Of(door, place) != Kind.Notation).Select(place => (Place: place, Real: door.Places.Count > 1 && place == "number" ? sides.Private : real(Kinds.Of(door, place)!.Value))).ToList();
        var (there, nowhere) = (door.PathWith(place => RealOf(place) ?? "json"), door.PathWith(place => RealOf(place) is { } id ? Kinds.Nothing(id) : "json"));
        var body = BodyOf(door);
        string? RealOf(string place) => ids.Where(i => i.Place == place).Select(i => i.Real).SingleOrDefault();
        return Difference(door, await SendAsync(visitor, door, there, body), there, await SendAsync(visitor, door, nowhere, body), nowhere);
    }

    private static string? Difference(Door door, Answer there, string id, Answer nowhere, string nothing) =>
        Shape(there, id, nothing) is var real && Shape(nowhere, id, nothing) is var none && real == none ? null : $"{door} {id}\n   {Apart(real, none)}\n   {Apart(none, real)}";

    private static async Task<Answer> SendAsync(Visitor visitor, Door door, string path, JsonNode? body)
    {
        visitor.FollowsRedirects = false;
        HttpContent? content = door.IsSafe ? null
            : door.Method == HttpMethod.Patch ? new ByteArrayContent([1]) { Headers = { ContentType = new("application/offset+octet-stream") } }
            : door.IsForPrograms ? new StringContent((body ?? new JsonObject()).ToJsonString(), Encoding.UTF8, "application/json")
            : new FormUrlEncodedContent(Bodies.Fields(body));
        return await visitor.SendRawAsync(door.Method, path, content, [("X-Linli", "1"), ("Tus-Resumable", "1.0.0"), ("Upload-Offset", "0")]);
    }

    /// <summary>The example of the API document; of a form that of the step's operation.</summary>
    private JsonNode? BodyOf(Door door)
    {
        var twin = door.IsForPrograms ? door : sides.Town.Doors().FirstOrDefault(d => !d.IsSafe && d.Route.StartsWith("/api/requests/{number}/", StringComparison.Ordinal) && door.Route.EndsWith(d.Route["/api/requests/{number}".Length..], StringComparison.Ordinal));
        var body = twin?.Endpoint.Metadata.GetMetadata<RequestExample>()?.Body is { } example ? JsonSerializer.SerializeToNode(example, Json.Plain) : null;
        (body as JsonObject)?.Remove("version");
        return body;
    }

    private JsonObject With(Door door, string name, string id)
    {
        var body = BodyOf(door) as JsonObject ?? [];
        body["photos"] = null;
        if (IdsIn(door).Contains("photos") is false)
        {
            body.Remove("photos");
        }

        body[name] = name is "photos" or "posts" ? new JsonArray(id) : id;
        return body;
    }

    private IEnumerable<string> ForeignOf(string name) => Kinds.OfBody(name) switch
    {
        Kind.Unused => [sides.Of[Kind.Unused], sides.Of[Kind.Evidence]],
        Kind.Request => [sides.Recused],
        Kind.County or null => [],
        { } kind => [sides.Of[kind]],
    };

    /// <summary>Names of properties that hold an id, or a number of a request.</summary>
    private static IEnumerable<string> IdsIn(Door door) => door.Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type
        ? type.GetProperties().Where(p => p.PropertyType == typeof(Guid) || p.PropertyType == typeof(Guid?) || typeof(IEnumerable<Guid>).IsAssignableFrom(p.PropertyType) || p.Name is "Lead" or "Number").Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))
        : [];

    /// <summary>What came back, without the id that was asked for and without what is another one each time.</summary>
    private static string Shape(Answer answer, params string[] asked)
    {
        var text = $"{(int)answer.Status} {answer.ContentType} {answer.Headers.GetValueOrDefault("Location")} {answer.Text}";
        foreach (var address in asked)
        {
            text = text.Replace(address, "ADDRESS", StringComparison.Ordinal).Replace(Uri.EscapeDataString(address), "ADDRESS", StringComparison.Ordinal);
        }

        foreach (var id in asked.SelectMany(address => address.Split('/')).Where(part => Id().IsMatch(part)))
        {
            text = Regex.Replace(text, $@"\b{Regex.Escape(id)}\b", "ID", RegexOptions.IgnoreCase);
        }

        return Changing().Replace(text, "…").ReplaceLineEndings(" ");
    }

    /// <summary>From a little before where the two part.</summary>
    private static string Apart(string text, string other)
    {
        var same = text.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{text[..Math.Min(60, text.Length)]} … {text[Math.Max(0, same - 60)..Math.Min(text.Length, same + 140)]}";
    }

    [GeneratedRegex("\\d{6}-\\d{6}|[0-9a-fA-F]{8}-|[0-9a-f]{32}|^\\d+$")]
    private static partial Regex Id();

    /// <summary>Keys of forms, traces, ids of what the page shows besides.</summary>
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,}|\\d{6}-\\d{6}")]
    private static partial Regex Changing();
}
