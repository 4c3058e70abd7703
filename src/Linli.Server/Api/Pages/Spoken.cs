using System.Reflection;
using System.Text.Json;
using Linli.Shell.Text;

namespace Linli.Server.Api.Pages;

/// <summary>
/// The API's own texts are English, because they stand in the document for programs. Here is their Chinese (words.zh.json beside this
/// file, English to Chinese); a test holds that none is missing and none is left over.
/// </summary>
internal static class Spoken
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Words = new(() =>
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("words.zh.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    });

    public static IEnumerable<string> Known => Words.Value.Keys;

    /// <summary>In the reader's language.</summary>
    public static string Of(string english) => Texts.IsEnglish ? english : Words.Value.GetValueOrDefault(english, english);
}
