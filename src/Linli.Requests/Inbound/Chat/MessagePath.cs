using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Linli.Requests.Inbound.Chat;

/// <summary>
/// Where something stands in a message: a JSON Pointer (RFC 6901), with two additions. <c>*</c> is every element of a list (or the one thing there, where
/// there is no list); a <c>!</c> at the end of a part means that the text there is JSON itself. XML is read as if it were JSON.
/// </summary>
internal static class MessagePath
{
    private const int MostFound = 20;

    public static JsonNode? Parse(string body, bool isXml) => isXml ? OfXml(body) : JsonNode.Parse(body);

    public static string? First(JsonNode? message, IReadOnlyList<string> paths) => paths.SelectMany(p => All(message, p)).FirstOrDefault(t => !string.IsNullOrWhiteSpace(t));

    public static IEnumerable<string> All(JsonNode? message, string path)
    {
        IEnumerable<JsonNode?> found = [message];
        foreach (var part in path.Split('/').Skip(1))
        {
            var isText = part.EndsWith('!');
            var name = (isText ? part[..^1] : part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            found = found.SelectMany(n => Step(n, name)).Select(n => isText ? Inside(n) : n);
        }

        return found.OfType<JsonValue>().Select(v => v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : v.ToJsonString()).Take(MostFound);
    }

    public static bool IsOne(string? path) => path is { Length: > 0 and <= 200 } && path[0] == '/';

    private static IEnumerable<JsonNode?> Step(JsonNode? node, string name)
    {
        if (name == "*")
        {
            return node is JsonArray list ? list.AsEnumerable() : [node];
        }

        var found = node switch
        {
            JsonArray many when int.TryParse(name, out var at) && at >= 0 && at < many.Count => many[at],
            JsonObject members => members.TryGetPropertyValue(name, out var value) ? value : null,
            _ => null,
        };
        return found is null ? [] : [found];
    }

    private static JsonNode? Inside(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue<string>(out var text) ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="XmlException">Not XML, or with declarations that could make it something else.</exception>
    private static JsonObject OfXml(string body)
    {
        using var text = new StringReader(body);
        using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersFromEntities = 0 });
        var root = XDocument.Load(reader).Root!;
        return new JsonObject { [root.Name.LocalName] = Of(root, 0) };
    }

    private static JsonNode Of(XElement element, int depth)
    {
        if (!element.HasElements || depth > 16)
        {
            return JsonValue.Create(element.Value);
        }

        var members = new JsonObject();
        foreach (var same in element.Elements().GroupBy(e => e.Name.LocalName))
        {
            members[same.Key] = same.Count() == 1 ? Of(same.First(), depth + 1) : new JsonArray([.. same.Select(e => Of(e, depth + 1))]);
        }

        return members;
    }
}
