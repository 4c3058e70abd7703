using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Linli.Server.Api;

/// <summary>Examples of answers: what a small town answered to a test (docs/api/examples.json). Where operations answer in one shape, one of them shows it for all.</summary>
internal sealed class ApiExamples : IOpenApiDocumentTransformer
{
    private const string Json = "application/json";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var examples = Read();
        var answers = (
            from path in document.Paths.Values
            from operation in path.Operations ?? []
            from response in operation.Value.Responses ?? []
            where response.Key[0] == '2'
            let content = response.Value.Content is { } all && all.TryGetValue(Json, out var json) ? json : null
            where content is not null
            select (Name: operation.Value.OperationId!, Content: content)).ToList();
        var shapes = answers.Where(a => ShapeOf(a.Content) is not null && examples[a.Name] is not null).GroupBy(a => ShapeOf(a.Content)!).ToDictionary(g => g.Key, g => g.OrderBy(a => a.Name, StringComparer.Ordinal).First().Name);
        foreach (var (name, content) in answers)
        {
            content.Example = (examples[name] ?? (ShapeOf(content) is { } shape && shapes.TryGetValue(shape, out var other) ? examples[other] : null))?.DeepClone();
        }

        return Task.CompletedTask;
    }

    private static string? ShapeOf(OpenApiMediaType content) => (content.Schema as OpenApiSchemaReference)?.Reference.Id;

    private static JsonObject Read()
    {
        using var file = typeof(ApiExamples).Assembly.GetManifestResourceStream("examples.json") ?? throw new InvalidOperationException("The examples of the API are not in the program.");
        return JsonNode.Parse(file)!.AsObject();
    }
}
