using System.Net;
using System.Text.Json.Nodes;
using Linli.Shell.Http.Calls;
using Linli.Testing;

namespace Linli.Server.Tests.Api;

/// <summary>What was promised for a date holds: every dated version has a file in docs/api/versions, and what the product says now keeps to all of them.</summary>
public sealed class ApiVersionTests(ApiDocumentTests.Published api) : IClassFixture<ApiDocumentTests.Published>
{
    [Fact]
    public void Every_dated_version_is_kept()
    {
        var broken = ApiVersions.All.SelectMany(version => ApiPromise.Broken(Promised(version), api.Document).Select(b => $"{version}: {b}")).ToList();
        Assert.True(broken.Count == 0, $"Programs that were written for this version would break. Keep what they use and add beside it, or make a new dated version that the old one still answers.\n{string.Join('\n', broken)}");
    }

    [Fact]
    public void Every_file_of_a_version_is_one_that_is_answered() =>
        Assert.Equal(ApiVersions.All, Directory.GetFiles(Repository.At("docs", "api", "versions"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    /// <summary>The check sees what would break somebody, and only that.</summary>
    [Theory]
    [InlineData("an operation is gone", true)]
    [InlineData("a field of an answer is gone", true)]
    [InlineData("a field of an answer has another type", true)]
    [InlineData("a field of a body is needed now", true)]
    [InlineData("a field of a body is not taken any more", true)]
    [InlineData("a word of a body is not taken any more", true)]
    [InlineData("a parameter is needed now", true)]
    [InlineData("an answer has another status", true)]
    [InlineData("a field of an answer is new", false)]
    [InlineData("an operation is new", false)]
    public void A_change_that_breaks_somebody_is_seen(string change, bool breaks)
    {
        var after = Small();
        var operation = after["paths"]!["/a/{id}"]!["put"]!.AsObject();
        var answer = after["components"]!["schemas"]!["Answer"]!["properties"]!.AsObject();
        var body = after["components"]!["schemas"]!["Body"]!.AsObject();
        switch (change)
        {
            case "an operation is gone": after["paths"]!.AsObject().Remove("/a/{id}"); break;
            case "a field of an answer is gone": answer.Remove("name"); break;
            case "a field of an answer has another type": answer["name"]!["type"] = "integer"; break;
            case "a field of a body is needed now": body["required"] = new JsonArray("kind"); break;
            case "a field of a body is not taken any more": body["properties"]!.AsObject().Remove("kind"); break;
            case "a word of a body is not taken any more": body["properties"]!["kind"]!["enum"] = new JsonArray("one"); break;
            case "a parameter is needed now": operation["parameters"]!.AsArray().Add(JsonNode.Parse("""{ "name": "q", "in": "query", "required": true, "schema": { "type": "string" } }""")); break;
            case "an answer has another status": operation["responses"]!.AsObject().Remove("200"); break;
            case "a field of an answer is new": answer["more"] = JsonNode.Parse("""{ "type": "string" }"""); break;
            case "an operation is new": after["paths"]!["/b"] = after["paths"]!["/a/{id}"]!.DeepClone(); break;
        }

        Assert.Equal(breaks, ApiPromise.Broken(Small(), after).Any());
    }

    [Fact]
    public async Task A_program_says_its_version_and_one_that_nobody_knows_is_refused()
    {
        await using var town = await Town.EmptyAsync();
        using var program = await town.HttpAsync();
        program.Language = "en";
        Assert.Equal(ApiVersions.Current, (await program.GetAsync("/api/areas")).Headers[ApiVersions.Header]);
        Assert.Equal(ApiVersions.All[0], (await program.SendRawAsync(HttpMethod.Get, "/api/areas", null, [(ApiVersions.Header, ApiVersions.All[0])])).Headers[ApiVersions.Header]);

        var refused = await program.SendRawAsync(HttpMethod.Get, "/api/areas", null, [(ApiVersions.Header, "2020-01-01")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(ApiVersions.Current, refused.Text, StringComparison.Ordinal);
        Assert.False((await program.GetAsync("/")).Headers.ContainsKey(ApiVersions.Header));
    }

    /// <summary>The file of the version that is current now is made from the product once; from then on it is not touched.</summary>
    private static JsonObject Promised(string version)
    {
        var path = Repository.At("docs", "api", "versions", version + ".json");
        if (!File.Exists(path) && version == ApiVersions.Current)
        {
            Assert.Null(Approved.DifferenceFrom($"docs/api/versions/{version}.json", File.ReadAllText(Repository.At("docs", "api", "openapi.json"))));
        }

        return JsonNode.Parse(File.ReadAllText(path))!.AsObject();
    }

    private static JsonObject Small() => JsonNode.Parse("""
        {
          "paths": { "/a/{id}": { "put": {
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Body" } } } },
            "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Answer" } } } }, "404": { "description": "" } } } } },
          "components": { "schemas": {
            "Body": { "type": "object", "properties": { "kind": { "type": "string", "enum": ["one", "two"] } } },
            "Answer": { "type": "object", "properties": { "name": { "type": ["string", "null"] }, "parts": { "type": "array", "items": { "$ref": "#/components/schemas/Answer" } } } } } }
        }
        """)!.AsObject();
}
