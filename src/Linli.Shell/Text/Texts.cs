using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Clocks;

namespace Linli.Shell.Text;

/// <summary>
/// Words on screen. The Chinese text is the key; its English stands in a <c>texts.en.json</c> beside the code that uses it.
/// A test reads the sources and finds every key without English. Pages: <c>@inject Texts T</c> and <c>@T["还剩 {0} 小时", hours]</c>.
/// </summary>
public sealed class Texts
{
    private readonly FrozenDictionary<string, string> _english;

    public Texts(IEnumerable<Assembly> assemblies) =>
        _english = assemblies.SelectMany(ReadEnglish).DistinctBy(p => p.Key).ToFrozenDictionary();

    /// <summary>In the language of the current reader.</summary>
    public string this[string key, params object[] values] => In(CultureInfo.CurrentUICulture, key, values);

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>In a stated language: for mail and notices, which have a reader of their own.</summary>
    public string In(CultureInfo culture, string key, params object[] values)
    {
        var text = culture.TwoLetterISOLanguageName == "en" && _english.TryGetValue(key, out var english) ? english : key;
        return values.Length == 0 ? text : string.Format(culture, text, [.. values.Select(v => Localised(culture, v))]);
    }

    private object Localised(CultureInfo culture, object value) => value switch
    {
        Word word => In(culture, word.Key),
        Saying saying => In(culture, saying.Key, saying.Values),
        IReadOnlyList<Word> words => string.Join(culture.TwoLetterISOLanguageName == "en" ? ", " : "、", words.Select(w => In(culture, w.Key))),
        Wording words => culture.TwoLetterISOLanguageName == "en" ? words.En : words.Zh,
        DateTimeOffset time => TimeZoneInfo.ConvertTime(time, LocalTime.Zone),
        _ => value,
    };

    public string Of(Failure failure) => this[failure.Message, failure.Values];

    public string Of(FieldProblem problem) => this[problem.Message, problem.Values];

    /// <summary>For data that carries both names; Chinese where there is no English.</summary>
    public static string Pick(string chinese, string? english) => IsEnglish && !string.IsNullOrEmpty(english) ? english : chinese;

    /// <summary>Every (file, key, English) of an assembly; for the test that holds them complete.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ReadEnglish(Assembly assembly)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith("texts.en.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var pair in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            {
                yield return pair;
            }
        }
    }
}
