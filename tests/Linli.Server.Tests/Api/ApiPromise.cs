using System.Text.Json.Nodes;

namespace Linli.Server.Tests.Api;

/// <summary>What of one OpenAPI document a program could rely on that another document no longer gives. Additions break nobody who ignores what they do not know.</summary>
internal static class ApiPromise
{
    public static IEnumerable<string> Broken(JsonObject promised, JsonObject now)
    {
        foreach (var (path, methods) in promised["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var where = $"{method.ToUpperInvariant()} {path}";
                if (now["paths"]![path]?[method] is not JsonObject today)
                {
                    yield return $"{where} is gone";
                    continue;
                }

                foreach (var broken in Parameters(operation!.AsObject(), today).Concat(Bodies(operation.AsObject(), today, promised, now)).Concat(Answers(operation.AsObject(), today, promised, now)))
                {
                    yield return $"{where}: {broken}";
                }
            }
        }
    }

    private static IEnumerable<string> Parameters(JsonObject before, JsonObject after)
    {
        static Dictionary<string, JsonObject> All(JsonObject operation) => (operation["parameters"]?.AsArray() ?? []).ToDictionary(p => $"{p!["in"]} {p["name"]}", p => p!.AsObject());
        var (old, today) = (All(before), All(after));
        return old.Keys.Except(today.Keys).Select(p => $"parameter {p} is not taken any more")
            .Concat(today.Where(p => (bool?)p.Value["required"] == true && (bool?)old.GetValueOrDefault(p.Key)?["required"] != true).Select(p => $"parameter {p.Key} is needed now"));
    }

    private static IEnumerable<string> Bodies(JsonObject before, JsonObject after, JsonObject promised, JsonObject now)
    {
        foreach (var (type, content) in before["requestBody"]?["content"]?.AsObject() ?? [])
        {
            if (after["requestBody"]?["content"]?[type] is not JsonObject today)
            {
                yield return $"a body of {type} is not taken any more";
                continue;
            }

            foreach (var broken in Shapes(content!["schema"], today["schema"], promised, now, "body", isSent: true, []))
            {
                yield return broken;
            }
        }
    }

    private static IEnumerable<string> Answers(JsonObject before, JsonObject after, JsonObject promised, JsonObject now)
    {
        foreach (var (status, answer) in before["responses"]!.AsObject().Where(r => r.Key[0] == '2'))
        {
            if (after["responses"]![status] is not JsonObject today)
            {
                yield return $"does not answer {status} any more";
                continue;
            }

            foreach (var (type, content) in answer!["content"]?.AsObject() ?? [])
            {
                foreach (var broken in today["content"]?[type] is { } same ? Shapes(content!["schema"], same["schema"], promised, now, "answer", isSent: false, []) : [$"does not answer {type} any more"])
                {
                    yield return broken;
                }
            }
        }
    }

    /// <param name="isSent">Callers send it: nothing more may be asked for. Otherwise they read it: nothing may be missing.</param>
    private static IEnumerable<string> Shapes(JsonNode? before, JsonNode? after, JsonObject promised, JsonObject now, string where, bool isSent, HashSet<string> seen)
    {
        if (before is null || ((string?)before["$ref"] is { } name && !seen.Add($"{where.Split('.')[^1]} {name}")))
        {
            yield break;
        }

        var (old, today) = (Resolved(before, promised), Resolved(after, now));
        if (today is null || !Types(old!).SetEquals(Types(today)))
        {
            yield return $"{where} was {string.Join('|', Types(old!))} and is {(today is null ? "gone" : string.Join('|', Types(today)))}";
            yield break;
        }

        if (isSent)
        {
            foreach (var needed in Names(today["required"]).Except(Names(old!["required"])))
            {
                yield return $"{where}.{needed} is needed now";
            }

            foreach (var word in Names(old["enum"]).Except(Names(today["enum"])).Where(_ => today["enum"] is not null))
            {
                yield return $"{where} does not take {word} any more";
            }
        }

        foreach (var (field, shape) in old!["properties"]?.AsObject() ?? [])
        {
            foreach (var broken in today["properties"]?[field] is { } same ? Shapes(shape, same, promised, now, $"{where}.{field}", isSent, seen) : [$"{where}.{field} is gone"])
            {
                yield return broken;
            }
        }

        foreach (var broken in Shapes(old["items"], today["items"], promised, now, $"{where}[]", isSent, seen))
        {
            yield return broken;
        }
    }

    private static JsonNode? Resolved(JsonNode? shape, JsonObject document) => (string?)shape?["$ref"] is { } name ? document["components"]!["schemas"]![name.Split('/')[^1]]
        : shape?["oneOf"]?.AsArray().FirstOrDefault(o => o!["$ref"] is not null) is { } one ? Resolved(one, document) : shape;

    private static HashSet<string> Types(JsonNode shape) => shape["type"] switch { JsonArray many => [.. many.Select(t => (string)t!).Where(t => t != "null")], JsonValue one => [(string)one!], _ => [] };

    private static HashSet<string> Names(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(n => n?.ToString() ?? "")];
}
