using System.Globalization;
using System.Text.RegularExpressions;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Running;

/// <summary>
/// A sheet is in one language. In English only where everything that somebody wrote into it has its English: half of it would be neither the form that was
/// prescribed nor readable to whoever reads no Chinese.
/// </summary>
internal static partial class SheetLanguage
{
    /// <summary>For the current reader: en or zh-CN.</summary>
    public static string Of(LedgerDefinition definition, bool isEnglish) => isEnglish && HasEnglish(definition) ? "en" : "zh-CN";

    /// <summary>From here to the end of the method that calls it, which has to be asynchronous: the language flows with it and not back.</summary>
    public static void Speak(LedgerDefinition definition) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Of(definition, Texts.IsEnglish));

    private static bool HasEnglish(LedgerDefinition d) =>
        (d.Title is not null || Has(d.Name, d.NameEn))
        && DefinitionCheck.Lines(d).All(l => Has(WithoutPlaceholders(l.Text), l.English))
        && d.Columns.All(c => Has(c.Heading, c.HeadingEn) && Has(c.Under, c.UnderEn))
        && !d.Columns.Select(c => c.Formula).Append(d.Where).OfType<string>().SelectMany(f => Quoted().Matches(f).Select(m => m.Value)).Any(HasChinese);

    private static bool Has(string? text, string? english) => !string.IsNullOrEmpty(english) || text is null || !HasChinese(text);

    private static string? WithoutPlaceholders(string? text) => text is null ? null : Placeholder().Replace(text, "");

    private static bool HasChinese(string text) => text.Any(c => c is >= '\u3400' and <= '\u9fff');

    [GeneratedRegex("[\"“][^\"”]*[\"”]")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholder();
}
