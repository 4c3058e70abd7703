using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;

namespace Linli.Server.Api;

/// <summary>What the comments in the sources say about a record: the file of comments lies beside each assembly. Without it there are no words, and nothing else is missing.</summary>
internal sealed record ApiWords(string? Summary, IReadOnlyDictionary<string, string> Fields)
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Files = new();

    public static ApiWords? Of(Type type) =>
        Files.GetOrAdd(type.Assembly, Read).GetValueOrDefault($"T:{type.FullName!.Replace('+', '.')}") is { } member
            ? new ApiWords(member.Element("summary") is { } summary ? Plain(summary) : null,
                member.Elements("param").ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName((string)p.Attribute("name")!), Plain))
            : null;

    private static IReadOnlyDictionary<string, XElement> Read(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(m => (string)m.Attribute("name")!)
            : new Dictionary<string, XElement>();
    }

    /// <summary>References become the name that they refer to.</summary>
    private static string Plain(XElement words) => string.Join(' ', string.Concat(words.DescendantNodes().Select(n => n switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } reference => ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name") ?? "").Split('.', ':')[^1],
        _ => "",
    })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
