using System.Text.Json;
using System.Text.Json.Nodes;
using Linli.Kernel;
using Linli.Testing;

namespace Linli.Server.Tests.Api;

/// <summary>The published API. What stands in docs/api/openapi.json does not change silently.</summary>
public sealed class ApiDocumentTests(ApiDocumentTests.Published api) : IClassFixture<ApiDocumentTests.Published>
{
    private static readonly JsonSerializerOptions Written = new(Json.Plain) { WriteIndented = true };

    [Fact]
    public void The_document_is_as_approved() =>
        Assert.Null(Approved.DifferenceFrom("docs/api/openapi.json", Sorted(api.Document)!.ToJsonString(Written).ReplaceLineEndings("\n") + "\n"));

    [Fact]
    public void It_is_OpenAPI_3_1() => Assert.StartsWith("3.1.", api.Document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);

    [Fact]
    public void Every_operation_has_a_name_of_its_own_a_summary_and_a_known_group()
    {
        var groups = api.Document["tags"]!.AsArray().Select(t => (string?)t!["name"]).ToList();

        Assert.Empty(api.Operations.Where(o => (string?)o.Body["operationId"] is null or "" || (string?)o.Body["summary"] is null or "").Select(o => o.Address));
        Assert.Empty(api.Operations.GroupBy(o => (string?)o.Body["operationId"]).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(api.Operations.Where(o => o.Body["tags"] is not JsonArray { Count: 1 } tags || !groups.Contains((string?)tags[0])).Select(o => o.Address));
    }

    [Fact]
    public void Every_operation_says_what_it_answers() => Assert.Empty(api.Operations.Where(o => !Answers(o.Body)).Select(o => o.Address));

    [Fact]
    public void Every_operation_that_takes_a_body_shows_one() => Assert.Empty(api.Operations
        .Where(o => o.Body["requestBody"]?["content"]?["application/json"] is { } json && json["example"] is null).Select(o => o.Address));

    [Fact]
    public void Every_parameter_is_explained() => Assert.Empty(
        from operation in api.Operations
        from parameter in operation.Body["parameters"]?.AsArray() ?? []
        where parameter!["description"] is null
        select $"{operation.Address} {parameter["name"]}");

    [Fact]
    public void Refusals_are_described_once() => Assert.Empty(
        from operation in api.Operations
        from answer in operation.Body["responses"]!.AsObject()
        where answer.Key.StartsWith('4') && answer.Value!["$ref"] is null
        select $"{operation.Address} {answer.Key}");

    [Fact]
    public void Whoever_needs_a_session_is_told_so()
    {
        var dispatch = api.Operations.Single(o => (string?)o.Body["operationId"] == "DispatchRequest").Body;

        Assert.Equal(["ownCall", "session"], dispatch["security"]!.AsArray().Single()!.AsObject().Select(s => s.Key).Order(StringComparer.Ordinal));
        Assert.Equal(["400", "401", "403", "404", "409", "412", "413", "422", "429"], dispatch["responses"]!.AsObject().Select(r => r.Key).Where(r => r[0] == '4').Order(StringComparer.Ordinal));
    }

    private static bool Answers(JsonObject operation) => operation["responses"]!.AsObject().Any(r =>
        r.Key == "204" || (r.Key[0] == '2' && r.Value!["content"]?.AsObject().Any(c => c.Value!["schema"] is not null || c.Key != "application/json") == true));

    /// <summary>The same document whatever the order in which endpoints and shapes are found.</summary>
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Read as anybody can read it.</summary>
    public sealed class Published : IAsyncLifetime
    {
        public JsonObject Document { get; private set; } = [];

        public IReadOnlyList<(string Address, JsonObject Body)> Operations { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            await using var town = await Town.EmptyAsync();
            using var visitor = await town.HttpAsync();
            var answer = await visitor.GetAsync("/api/openapi.json");
            Document = JsonNode.Parse(answer.Bytes)!.AsObject();
            Operations =
            [
                .. from path in Document["paths"]!.AsObject()
                   from operation in path.Value!.AsObject()
                   select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!.AsObject()),
            ];
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
