using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Server.Tests.Api;

/// <summary>Every operation is called by nobody and by an administrator, about things that there are none of and with bodies that are none: whatever it answers stands in the document.</summary>
public sealed class RefusalTests(ApiDocumentTests.Published api) : IClassFixture<ApiDocumentTests.Published>
{
    [Theory]
    [InlineData(null)]
    [InlineData("guanli")]
    public async Task Every_refusal_is_documented(string? who)
    {
        await using var town = await Town.FoundAsync();
        using var caller = who is null ? await town.HttpAsync() : await town.HttpAsync(who);
        List<string> unsaid = [];
        foreach (var (address, operation) in api.Operations)
        {
            var (method, path) = (new HttpMethod(address.Split(' ')[0]), Filled(address.Split(' ')[1], operation));
            foreach (var body in Bodies(method, path, address, operation))
            {
                var answer = await caller.SendRawAsync(method, path, body is null ? null : JsonContent.Create(body), [("X-Linli", "1"), ("Accept", "application/json")]);
                if (operation["responses"]![((int)answer.Status).ToString(CultureInfo.InvariantCulture)] is null)
                {
                    unsaid.Add($"{address}: {(int)answer.Status} {answer.Text[..Math.Min(160, answer.Text.Length)]}");
                }
            }
        }

        Assert.True(unsaid.Count == 0, string.Join('\n', unsaid));
    }

    /// <summary>Nothing that would be done: where nothing can be wrong with a call, it is left out.</summary>
    private static IEnumerable<JsonObject?> Bodies(HttpMethod method, string path, string address, JsonObject operation)
    {
        var takes = operation["requestBody"]?["content"]?["application/json"] is not null;
        if (takes)
        {
            return [[], new JsonObject { ["nothing"] = 1 }];
        }

        var endless = operation["responses"]!["200"]?["content"]?.AsObject().Any(c => c.Key.Contains("event-stream", StringComparison.Ordinal)) == true;
        return !endless && (method == HttpMethod.Get || !address.EndsWith(path, StringComparison.Ordinal)) ? [null] : [];
    }

    private static string Filled(string path, JsonObject operation) => (operation["parameters"]?.AsArray() ?? []).Where(p => (string)p!["in"]! == "path").Aggregate(path, (at, p) =>
        at.Replace($"{{{(string)p!["name"]!}}}", p["schema"] switch
        {
            { } schema when (string?)schema["format"] == "uuid" => "0199f1c2-7a3e-7c41-9a55-3f0c2b7d1e90",
            { } schema when $"{schema["type"]}".Contains("integer", StringComparison.Ordinal) => "2026",
            _ => "nothing",
        }, StringComparison.Ordinal));
}
