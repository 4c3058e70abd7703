using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Linli.Kernel;
using Linli.Shell.Text;

namespace Linli.Shell.Inbox;

/// <summary>
/// A sentence to somebody who reads it later, in a language that is not known yet.
/// Values: text, whole numbers, times, <see cref="Word"/>s and <see cref="Named"/>. Never personal data of residents: numbers and names of organisations.
/// </summary>
public sealed record NoticeText(string Key, params object[] Values)
{
    public string In(Texts texts, CultureInfo culture) =>
        texts.In(culture, Key, [.. Values.Select(v => v is Named named ? named.In(culture) : v)]);

    internal string Write() => new JsonArray([.. Values.Select(WriteValue)]).ToJsonString(Json.Plain);

    internal static NoticeText Read(string key, string values) =>
        new(key, [.. JsonNode.Parse(values)!.AsArray().Select(v => ReadValue(v!))]);

    private static JsonNode WriteValue(object value) => value switch
    {
        string text => JsonValue.Create(text),
        int number => JsonValue.Create((long)number),
        long number => JsonValue.Create(number),
        DateTimeOffset time => new JsonObject { ["time"] = time.ToString("O", CultureInfo.InvariantCulture) },
        Word word => new JsonObject { ["word"] = word.Key },
        IReadOnlyList<Word> words => new JsonObject { ["words"] = new JsonArray([.. words.Select(w => JsonValue.Create(w.Key))]) },
        Named named => new JsonObject { ["zh"] = named.Zh, ["en"] = named.En },
        _ => throw new ArgumentException($"A notice cannot carry a {value.GetType().Name}."),
    };

    private static object ReadValue(JsonNode value) => value switch
    {
        JsonObject o when o["time"] is { } time => DateTimeOffset.Parse(time.GetValue<string>(), CultureInfo.InvariantCulture),
        JsonObject o when o["word"] is { } word => new Word(word.GetValue<string>()),
        JsonObject o when o["words"] is JsonArray words => words.Select(w => new Word(w!.GetValue<string>())).ToList(),
        JsonObject o => new Named(o["zh"]!.GetValue<string>(), o["en"]?.GetValue<string>()),
        _ when value.GetValueKind() == JsonValueKind.Number => value.GetValue<long>(),
        _ => value.GetValue<string>(),
    };
}

/// <summary>A name from data that carries both languages.</summary>
public sealed record Named(string Zh, string? En)
{
    public string In(CultureInfo culture) => culture.TwoLetterISOLanguageName == "en" && !string.IsNullOrEmpty(En) ? En : Zh;
}
