using System.Text.Json.Nodes;
using Linli.Kernel;

namespace Linli.Server.Api.Pages;

/// <summary>Reads the published document for people: what stands on the page cannot differ from what programs get.</summary>
public sealed class ApiReading
{
    private const int MostNested = 2;
    private readonly JsonObject _document;

    public ApiReading(JsonObject document)
    {
        _document = document;
        Problem = Pretty(document["components"]!["responses"]!["Invalid"]!["content"]!["application/problem+json"]!["example"]!);
        var operations = (
            from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select (Tag: (string)operation.Value!["tags"]![0]!, Operation: Read(path.Key, operation.Key.ToUpperInvariant(), operation.Value!.AsObject()))).ToLookup(o => o.Tag, o => o.Operation);
        Groups = [.. document["tags"]!.AsArray().Select(tag => new ApiGroup((string)tag!["name"]!, (string)tag["description"]!, [.. operations[(string)tag["name"]!]]))];
    }

    public IReadOnlyList<ApiGroup> Groups { get; }

    /// <summary>A refusal as an example.</summary>
    public string Problem { get; }

    /// <summary>Every text that the pages show and that has to be there in Chinese.</summary>
    public IEnumerable<string> Texts() => Groups.SelectMany(g => g.Operations.SelectMany(o => o.Answers.Where(a => a.Status[0] != '2').Select(a => a.Description)
            .Concat(o.Callers)
            .Concat(o.Parameters.Concat(o.Body).Concat(o.Answers.SelectMany(a => a.Fields)).Select(f => f.Description).OfType<string>())
            .Append(o.Summary).Concat(o.Description is null ? [] : [o.Description]))
        .Append(g.Description)).Distinct();

    private ApiOperation Read(string path, string method, JsonObject operation)
    {
        var content = operation["requestBody"]?["content"];
        var json = content?["application/json"];
        return new ApiOperation(
            (string)operation["operationId"]!, method, path, (string)operation["summary"]!, (string?)operation["description"],
            [.. (operation["security"]?.AsArray() ?? []).Select(s => (IReadOnlyList<string>)[.. s!.AsObject().Select(p => p.Key)])],
            [.. (operation[ApiOperations.Callers]?.AsArray() ?? []).Select(c => (string)c!)],
            [.. (operation["parameters"]?.AsArray() ?? []).Select(p => new ApiField(
                (string)p!["name"]!, (string)p["in"]!, TypeOf(p["schema"]!), p["required"]?.GetValue<bool>() == true, (string?)p["description"]))],
            json?["schema"] is { } schema ? [.. Fields(schema, "", 0)] : [],
            json?["example"] is { } example ? Pretty(example) : null,
            content?["multipart/form-data"]?["schema"]?["properties"]?.AsObject().First().Key,
            [.. operation["responses"]!.AsObject().OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => Answer(r.Key, r.Value!))],
            (operation["security"]?.AsArray() ?? []).Select(s => (string?)s![ApiFrame.Key]?[0]).FirstOrDefault(s => s is not null));
    }

    private ApiAnswer Answer(string status, JsonNode answer)
    {
        var whole = Resolve(answer);
        var content = whole["content"]?.AsObject().FirstOrDefault();
        var schema = content?.Value?["schema"];
        return status[0] != '2' || content is null
            ? new ApiAnswer(status, (string)whole["description"]!, null, [])
            : new ApiAnswer(status, (string)whole["description"]!, schema is null ? content.Value.Key : TypeOf(schema), schema is null ? [] : [.. Fields(schema, "", 1)]);
    }

    /// <summary>The fields of a shape, what is nested below its name: place.areaCode, lines[].text.</summary>
    private IEnumerable<ApiField> Fields(JsonNode schema, string prefix, int depth)
    {
        var (shape, isList) = Core(schema);
        var required = shape["required"]?.AsArray().Select(r => (string)r!).ToHashSet() ?? [];
        var at = prefix + (isList ? "[]" : "") + (prefix.Length > 0 || isList ? "." : "");
        foreach (var (name, value) in shape["properties"]?.AsObject() ?? [])
        {
            var field = value!;
            yield return new ApiField(at + name, "body", TypeOf(field), required.Contains(name), (string?)field["description"] ?? (string?)Core(field).Shape["description"]);
            if (depth + 1 < MostNested && Core(field).Shape["properties"] is not null)
            {
                foreach (var nested in Fields(field, at + name, depth + 1))
                {
                    yield return nested;
                }
            }
        }
    }

    /// <summary>The shape behind references, "or null" and lists.</summary>
    private (JsonNode Shape, bool IsList) Core(JsonNode schema)
    {
        var shape = Resolve(schema);
        var one = shape["oneOf"]?.AsArray().FirstOrDefault(o => (string?)o!["type"] != "null");
        return one is not null ? Core(one) : shape["items"] is { } items ? (Core(items).Shape, true) : (shape, false);
    }

    private string TypeOf(JsonNode schema)
    {
        var shape = Resolve(schema);
        if (shape["oneOf"]?.AsArray().FirstOrDefault(o => (string?)o!["type"] != "null") is { } one)
        {
            return TypeOf(one);
        }

        if (shape["enum"] is JsonArray values)
        {
            return string.Join(" | ", values.Select(v => (string?)v));
        }

        if (shape["items"] is { } items)
        {
            return $"{TypeOf(items)}[]";
        }

        var type = shape["type"] is JsonArray several ? (string?)several.First(t => (string?)t != "null") : (string?)shape["type"];
        var name = ((string?)schema["$ref"])?.Split('/')[^1];
        return type == "object" && name is not null ? name : (string?)shape["format"] is "uuid" or "date-time" or "date" or "binary" ? (string)shape["format"]! : type ?? "any";
    }

    private JsonNode Resolve(JsonNode node) =>
        (string?)node["$ref"] is { } reference ? reference[2..].Split('/').Aggregate((JsonNode)_document, (at, part) => at[part]!) : node;

    private static string Pretty(JsonNode node) => node.ToJsonString(new(Json.Plain) { WriteIndented = true });
}
