using System.Text.Json;
using System.Text.Json.Nodes;
using Linli.Kernel;
using Linli.Testing;

namespace Linli.Server.Tests.Api;

/// <summary>Examples of answers are answers that were given. docs/api/examples.json holds them, and the document shows them.</summary>
public sealed class ExampleTests(ApiDocumentTests.Published api) : IClassFixture<ApiDocumentTests.Published>
{
    private const string File = "docs/api/examples.json";

    /// <summary>Those that the small town cannot be brought to answer, and why.</summary>
    private static readonly IReadOnlyList<(string Operation, string Why)> Without =
    [
        .. new[] { "SendEvidence", "BeginUpload", "FinishUpload", "LinkEvidence", "ListImports", "BeginImport", "ReadImport", "ChooseImportColumns", "StartImport", "UndoImport" }.Select(n => (n, "has a file in its body")),
        .. new[] { "ListPasskeys", "AddPasskey", "ConfirmAuthenticator", "RenewRecoveryCodes" }.Select(n => (n, "needs an authenticator or a telephone in somebody's hand")),
        .. new[] { "ReadOwnResident", "DeleteEverythingOwn", "ExportEverythingOwn", "ListOwnLooks", "AdoptRequest" }.Select(n => (n, "needs a resident who is signed in")),
        .. new[] { "FindTwins", "ReadTwins", "ReadLead", "SuggestForRequest" }.Select(n => (n, "needs a second request")),
        .. new[] { "ListPartners", "PutPartner", "ReadHandover", "DecideHandover" }.Select(n => (n, "needs another county's Linli")),
        .. new[] { "ListCheckpoints", "ReadCheckpoint", "ListDeputies", "LendPost", "ListOpenData", "ListWaitingUnmaskings", "FindPlaces", "MarkNoticesRead" }.Select(n => (n, "there is none in a town that was just founded")),
        .. new[] { "ReadService", "ReadCalendarYear" }.Select(n => (n, "its code is not in the list before it")),
    ];

    private static readonly JsonSerializerOptions Written = new(Json.Plain) { WriteIndented = true };

    /// <summary>Values may differ with time and chance; what stands in an answer may not. Accepting writes all of them anew.</summary>
    [Fact]
    public async Task Every_example_has_what_is_answered_now()
    {
        var told = await ApiStory.TellAsync(api.Operations);
        var shown = JsonNode.Parse(System.IO.File.Exists(Path()) ? System.IO.File.ReadAllText(Path()) : "{}")!.AsObject();
        var differing = told.Where(t => shown[t.Key] is not { } example || !Names(example).SetEquals(Names(t.Value))).Select(t => t.Key).Concat(shown.Select(s => s.Key).Except(told.Keys)).ToList();
        if (differing.Count > 0)
        {
            Assert.Null(Approved.DifferenceFrom(File, new JsonObject(told.Select(t => KeyValuePair.Create<string, JsonNode?>(t.Key, t.Value))).ToJsonString(Written).ReplaceLineEndings("\n") + "\n"));
        }
    }

    [Fact]
    public void Every_operation_that_answers_json_shows_an_answer() => Assert.Equal(
        Without.Select(w => w.Operation).Order(StringComparer.Ordinal),
        api.Operations.Where(o => ApiStory.AnswerOf(o.Body) is { } answer && o.Body["responses"]![answer.Status]!["content"]!["application/json"]!["example"] is null)
            .Select(o => (string)o.Body["operationId"]!).Order(StringComparer.Ordinal));

    private static string Path() => Repository.At(File.Split('/'));

    /// <summary>The names at the top, or of the first line of a list.</summary>
    private static HashSet<string> Names(JsonNode example) => [.. ((example is JsonArray { Count: > 0 } list ? list[0] : example) as JsonObject ?? []).Select(p => p.Key)];
}
