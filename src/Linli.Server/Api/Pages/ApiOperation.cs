using System.Text.Json.Nodes;

namespace Linli.Server.Api.Pages;

/// <summary>One group of the API as its page shows it.</summary>
public sealed record ApiGroup(string Tag, string Description, IReadOnlyList<ApiOperation> Operations);

/// <summary>One endpoint as its page shows it; texts in English, as the document has them.</summary>
/// <param name="Access">Each is one way to be allowed; empty is everybody.</param>
/// <param name="Scope">What a key needs; null where no key opens it.</param>
/// <param name="Callers">Roles or parties; empty where nothing narrower is known than <paramref name="Access"/>.</param>
public sealed record ApiOperation(
    string Id, string Method, string Path, string Summary, string? Description, IReadOnlyList<IReadOnlyList<string>> Access, IReadOnlyList<string> Callers,
    IReadOnlyList<ApiField> Parameters, IReadOnlyList<ApiField> Body, string? Example, string? FilePart, IReadOnlyList<ApiAnswer> Answers, string? Scope = null)
{
    public bool Changes => Method is not "GET";

    public bool TakesCode => Access.Any(a => a.Contains(ApiFrame.ReporterCode));

    public bool NeedsSession => Access.Count > 0 && Access.All(a => a.Contains(ApiFrame.Session) || a.Contains(ApiFrame.Key));

    public bool IsOpen => Access.Count == 0 || Access.Any(a => a.Count == 0);

    /// <summary>One line for a shell.</summary>
    public string Curl(string site)
    {
        var path = Parameters.Where(p => p.In == "path").Aggregate(Path, (at, p) => at.Replace($"{{{p.Name}}}", p.Sample, StringComparison.Ordinal));
        var query = string.Join('&', Parameters.Where(p => p.In == "query" && p.IsRequired).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Sample)}"));
        List<string> parts = ["curl"];
        if (Method != "GET")
        {
            parts.Add($"-X {Method}");
        }

        if (Path == "/api/session" && Method == "POST")
        {
            parts.Add("-c linli.cookies");
        }
        else if (NeedsSession)
        {
            parts.Add("-b linli.cookies");
            parts.AddRange(Changes ? ["-H 'X-Linli: 1'"] : []);
        }
        else if (TakesCode)
        {
            parts.Add($"-H 'X-Linli-Code: {ApiFrame.SampleCode}'");
        }

        parts.AddRange(FilePart is null ? [] : [$"-F '{FilePart}=@photo.jpg'"]);
        parts.AddRange(Example is null ? [] : ["-H 'Content-Type: application/json'", $"-d '{Short(Example).Replace("'", "'\\''", StringComparison.Ordinal)}'"]);
        parts.Add($"'{site}{path}{(query.Length > 0 ? "?" : "")}{query}'");
        return string.Join(' ', parts);
    }

    private static string Short(string json) => JsonNode.Parse(json)!.ToJsonString(Kernel.Json.Plain);
}

/// <summary>A parameter, or a field of a body.</summary>
/// <param name="In">path, query or body.</param>
/// <param name="Type">As JSON Schema calls it, with the values of an enumeration.</param>
public sealed record ApiField(string Name, string In, string Type, bool IsRequired, string? Description)
{
    public string Sample => Name switch
    {
        "number" => ApiFrame.SampleNumber,
        "lon" => "113.2069",
        "lat" => "36.1154",
        "start" or "from" => "2026-11-20T09:00:00+08:00",
        "to" => "2026-11-24T09:00:00+08:00",
        "budget" => "5 working days",
        "q" => "龙泉",
        "text" => "路灯不亮",
        "code" => "140427100",
        _ => Type.StartsWith("uuid", StringComparison.Ordinal) ? "0199f1c2-7a3e-7c41-9a55-3f0c2b7d1e90" : Type.StartsWith("integer", StringComparison.Ordinal) ? "1" : "x",
    };
}

/// <summary>One way in which a call ends.</summary>
/// <param name="Shape">Name of what comes back; null for a refusal or nothing.</param>
public sealed record ApiAnswer(string Status, string Description, string? Shape, IReadOnlyList<ApiField> Fields);
