using System.Text.Json.Nodes;

namespace Linli.Attacks.Injection;

/// <summary>Bodies that are right but for one thing.</summary>
internal static class Bodies
{
    /// <summary>The way to every value of a body.</summary>
    public static IEnumerable<object[]> Leaves(JsonNode? node, object[]? at = null) => node switch
    {
        JsonObject o when o.Count > 0 => o.SelectMany(p => Leaves(p.Value, [.. at ?? [], p.Key])),
        JsonArray a when a.Count > 0 => a.SelectMany((item, i) => Leaves(item, [.. at ?? [], i])),
        _ => at is null ? [] : [at],
    };

    /// <summary>A copy with something else at one place, as raw JSON: what no serialiser would write gets through too.</summary>
    public static string With(this JsonNode body, object[] leaf, string raw)
    {
        const string Mark = "\u0007here\u0007";
        var copy = body.DeepClone();
        var parent = leaf[..^1].Aggregate(copy, (node, step) => step is int i ? node[i]! : node[(string)step]!);
        if (leaf[^1] is int index)
        {
            parent[index] = Mark;
        }
        else
        {
            parent[(string)leaf[^1]] = Mark;
        }

        return copy.ToJsonString().Replace(JsonValue.Create(Mark).ToJsonString(), raw, StringComparison.Ordinal);
    }

    /// <summary>As a form would send it: lists as repeated fields, what is nested under its last name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Fields(JsonNode? body) => Leaves(body).Select(leaf =>
        KeyValuePair.Create(leaf.OfType<string>().Last(), leaf.Aggregate(body, (node, step) => step is int i ? node![i] : node![(string)step])?.ToString() ?? ""));
}
