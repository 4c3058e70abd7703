using System.Text.Json;
using System.Text.Json.Nodes;
using Linli.Kernel;

namespace Linli.Requests.Import.Assistant;

/// <summary>What clerks write in the cells of a sheet of service types: data/mappings/headings/values.json.</summary>
internal sealed class TypeWords
{
    private static readonly char[] Between = ['\u3001', '\uFF0C', '\uFF1B', ',', ';', '|', '\n'];

    private readonly Dictionary<string, Dictionary<string, string[]>> _all = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string[]>>>(
        File.ReadAllText(Path.Combine(ShippedData.Folder("mappings"), "headings", "values.json")))!;

    /// <summary>The word of the catalogue's files; as it was said where it is not known, so that the reader names what is.</summary>
    public string Of(string field, string said) => _all[field].FirstOrDefault(v => v.Key.Equals(said, StringComparison.OrdinalIgnoreCase) || v.Value.Contains(said, StringComparer.OrdinalIgnoreCase)).Key ?? said;

    /// <summary>The first Chinese word for one of the catalogue's files.</summary>
    public string Chinese(string field, string word) => _all[field].FirstOrDefault(v => v.Key.Replace("-", "", StringComparison.Ordinal).Equals(word.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)).Value?[0] ?? word;

    /// <returns>Null for neither.</returns>
    public bool? Flag(string said) => Of("flag", said) switch { "true" => true, "false" => false, _ => null };

    public static JsonArray List(string said) => new([.. said.Split(Between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().Select(w => JsonValue.Create(w))]);
}
