using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Server.Tests.Api;

/// <summary>
/// A small town in which every operation is called with the body that its document shows, until it answers: what it answers is the example of an answer. First a
/// request is reported and goes its way, then whatever can be made is made, read, changed and taken away.
/// </summary>
internal sealed partial class ApiStory : IAsyncDisposable
{
    /// <summary>Who asks, the one that may most first.</summary>
    private static readonly string[] Callers = ["guanli", "paidan", "duban", "shizheng", "huifang", "shenji"];

    private static readonly Dictionary<string, string> Queries = new()
    {
        ["LocatePoint"] = "?lat=36.11&lon=113.2", ["SearchAreas"] = "?q=龙泉", ["ExplainDueTime"] = "?start=2026-11-20T09:00:00%2B08:00&budget=5%20working%20days", ["FindPlaces"] = "?q=龙泉",
        ["MeasureWorkingTime"] = "?from=2026-11-20T09:00:00%2B08:00&to=2026-11-23T09:00:00%2B08:00", ["SuggestServices"] = "?text=路灯不亮", ["SimulateOwner"] = "?type=street-lamp&area=140427100001",
        ["MarkNoticesRead"] = "?upTo=ffffffff-ffff-ffff-ffff-ffffffffffff", ["ListRequests"] = "?sort=newest",
    };

    private readonly Town _town;
    private readonly Dictionary<string, Visitor> _visitors = [];
    private readonly Dictionary<string, string> _known = [];
    private readonly SortedDictionary<string, JsonNode> _answers = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<(string Address, JsonObject Body)> _operations;
    private string _code = "";

    private ApiStory(Town town, IReadOnlyList<(string Address, JsonObject Body)> operations) => (_town, _operations) = (town, operations);

    public static async Task<SortedDictionary<string, JsonNode>> TellAsync(IReadOnlyList<(string Address, JsonObject Body)> operations)
    {
        await using var story = new ApiStory(await Town.FoundAsync(), operations);
        await story.RunAsync();
        return story._answers;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors.Values)
        {
            visitor.Dispose();
        }

        await _town.DisposeAsync();
    }

    /// <summary>The operation's answer in JSON: its status and shape.</summary>
    public static (string Status, JsonNode? Schema)? AnswerOf(JsonObject operation) => operation["responses"]!.AsObject()
        .Where(r => r.Key[0] == '2' && r.Value!["content"]?["application/json"] is not null).Select(r => ((string, JsonNode?)?)(r.Key, r.Value!["content"]!["application/json"]!["schema"])).FirstOrDefault();

    private async Task RunAsync()
    {
        await TellRequestAsync();
        foreach (var phase in new[] { "POST", "GET", "POST}", "GET}", "PUT", "PUT}", "DELETE", "DELETE}" })
        {
            foreach (var (address, operation) in _operations.Where(o => AnswerOf(o.Body) is not null).OrderBy(o => o.Address, StringComparer.Ordinal))
            {
                var (method, path) = (address.Split(' ')[0], address.Split(' ')[1]);
                var name = (string)operation["operationId"]!;
                if (phase == method + (path.Contains('}', StringComparison.Ordinal) ? "}" : "") && !_answers.ContainsKey(name) && Filled(path) is { } at)
                {
                    await TryAsync(name, new HttpMethod(method), at, Queries.GetValueOrDefault(name), Example(operation));
                }
            }
        }
    }

    /// <summary>Reported, dispatched, signed, worked on, resolved and rated.</summary>
    private async Task TellRequestAsync()
    {
        await SayAsync("", "POST", "/api/requests", "ReportRequest", new JsonObject
        {
            ["serviceType"] = "old-estate", ["text"] = "小区的楼道灯坏了，晚上看不见", ["name"] = "李雷", ["phone"] = "13800138000", ["place"] = new JsonObject { ["area"] = "140427100001" }, ["idempotencyKey"] = "0199f1c2-7a3e-7c41-9a55-3f0c2b7d1e90",
        });
        await _town.DeliverAsync();
        foreach (var (who, noun, name, body) in new (string, string, string, JsonObject)[]
        {
            ("paidan", "dispatch", "DispatchRequest", new() { ["organisation"] = "dept-municipal" }), ("shizheng", "signature", "SignRequest", []),
            ("shizheng", "resolution", "ResolveRequest", new() { ["result"] = "solved", ["text"] = "换了三盏灯" }), ("", "rating", "RateRequest", new() { ["grade"] = "satisfied", ["isSolved"] = true }),
        })
        {
            await SayAsync(who, "PUT", $"/api/requests/{_known["/api/requests"]}/{noun}", name, body);
        }

        await _town.DeliverAsync();
    }

    private async Task SayAsync(string who, string method, string path, string name, JsonObject body)
    {
        var answer = await SendAsync(who, new HttpMethod(method), path, body);
        Assert.True(Keep(name, path, answer), $"{name} by {who}: {answer.Text}");
        _code = answer.Json().TryGetProperty("secretCode", out var code) ? code.GetString()! : _code;
    }

    private async Task TryAsync(string name, HttpMethod method, string path, string? query, JsonNode? body)
    {
        foreach (var who in Callers.Append(""))
        {
            if (Keep(name, path, await SendAsync(who, method, path + query, body)))
            {
                return;
            }
        }
    }

    private async Task<Answer> SendAsync(string who, HttpMethod method, string path, JsonNode? body)
    {
        if (!_visitors.TryGetValue(who, out var visitor))
        {
            _visitors[who] = visitor = who.Length == 0 ? await _town.HttpAsync() : await _town.HttpAsync(who);
        }

        List<(string, string)> headers = [("X-Linli", "1"), ("Accept", "application/json")];
        return await visitor.SendRawAsync(method, path, body is null ? null : JsonContent.Create(body), who.Length == 0 && _code.Length > 0 ? [.. headers, ("X-Linli-Code", _code)] : headers);
    }

    /// <summary>An empty list shows nobody anything, so the next caller is asked.</summary>
    private bool Keep(string name, string path, Answer answer)
    {
        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Created) || answer.ContentType != "application/json" || JsonNode.Parse(answer.Bytes) is not { } json || json is JsonArray { Count: 0 })
        {
            return false;
        }

        var thing = json as JsonObject ?? json[0] as JsonObject ?? [];
        if ((thing["number"] ?? thing["id"] ?? thing["code"] ?? thing["sequence"] ?? First(thing)) is JsonValue id)
        {
            _known.TryAdd(path, id.ToString());
        }

        _answers[name] = Short(json, most: 2)!;
        return true;
    }

    /// <summary>What was made stands one below beside its secret, what is listed in a list.</summary>
    private static JsonNode? First(JsonObject thing) => thing.Select(p => p.Value switch
    {
        JsonObject nested => nested["id"] ?? nested["code"],
        JsonArray { Count: > 0 } list => list[0] is JsonObject first ? first["number"] ?? first["id"] ?? first["code"] ?? first["sequence"] : null,
        _ => null,
    }).FirstOrDefault(v => v is not null);

    private string? Filled(string path)
    {
        for (var at = path.IndexOf("/{", StringComparison.Ordinal); at >= 0; at = path.IndexOf("/{", StringComparison.Ordinal))
        {
            if (!_known.TryGetValue(path[..at], out var id))
            {
                return null;
            }

            path = $"{path[..at]}/{Uri.EscapeDataString(id)}{path[(path.IndexOf('}', at) + 1)..]}";
        }

        return path;
    }

    private static JsonNode? Example(JsonObject operation) => operation["requestBody"]?["content"]?["application/json"]?["example"]?.DeepClone();

    /// <summary>A line or two of every list; what is by chance or secret looks like what it is and is none.</summary>
    private static JsonNode? Short(JsonNode? node, int most) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Short(p.Value, 1)))),
        JsonArray list => new JsonArray([.. list.Take(most).Select(n => Short(n, 1))]),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => Stable((string)value!),
        _ => node?.DeepClone(),
    };

    private static string Stable(string text) =>
        Long().Replace(Number().Replace(Code().Replace(Id().Replace(text, "0199f1c2-7a3e-7c41-9a55-3f0c2b7d1e90"), Linli.Server.Api.ApiFrame.SampleCode), Linli.Server.Api.ApiFrame.SampleNumber), "c2VjcmV0LW9yLWhhc2g");

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}")]
    private static partial Regex Code();

    [GeneratedRegex("[0-9]{6}-[0-9]{6}")]
    private static partial Regex Number();

    [GeneratedRegex("(?<![0-9a-f-])[A-Za-z0-9_+/=]{24,}(?!-)")]
    private static partial Regex Long();
}
