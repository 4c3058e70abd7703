using System.Text.Json;
using System.Text.RegularExpressions;
using Linli.Testing;

namespace Linli.Server.Tests.Guards;

/// <summary>Every word on screen is Chinese in the source and English beside it (docs/decisions/0002).</summary>
public sealed partial class TextTests
{
    private static readonly IReadOnlyList<EnglishText> English = [.. EnglishText.ReadAll()];
    private static readonly IReadOnlyList<ChineseText> Chinese = [.. ChineseText.FindAll()];

    private const string Example = "what people write, as an example for programmers";
    private const string BothTogether = "both languages stand together";

    /// <summary>Chinese that is not a text key, and why.</summary>
    private static readonly Dictionary<string, string> NotKeys = new()
    {
        ["src/Linli.Requests/OpenData/BundleTables.cs"] = "is read without Linli, in both languages side by side",
        ["src/Linli.Requests/OpenData/BundleWords.cs"] = "is read without Linli, in both languages side by side",
        ["src/Linli.Requests/OpenData/MakeBundle.cs"] = "is read without Linli, in both languages side by side",
        ["src/Linli.Requests/Steps/StepDocs.cs"] = Example,
        ["src/Linli.Requests/Demo/"] = "what the demo's people write",
        ["src/Linli.Kernel/Clocks/BudgetText.cs"] = "both languages stand together; reads what people write",
        ["src/Linli.Kernel/Clocks/DayLines.cs"] = BothTogether,
        ["src/Linli.Kernel/Clocks/DayPiece.cs"] = BothTogether,
        ["src/Linli.Kernel/Clocks/Explainer.cs"] = BothTogether,
        ["src/Linli.Kernel/Clocks/Import/HolidayNames.cs"] = BothTogether,
        ["src/Linli.Kernel/Clocks/Import/ICalendar.cs"] = "reads what people write",
        ["src/Linli.Kernel/Clocks/Installed/CalendarWords.cs"] = BothTogether,
        ["src/Linli.Kernel/Clocks/LineWords.cs"] = BothTogether,
        ["src/Linli.Kernel/Clocks/PauseWords.cs"] = BothTogether,
        ["src/Linli.Kernel/Clocks/TimeLeft.cs"] = BothTogether,
        ["src/Linli.Kernel/Clocks/Words.cs"] = BothTogether,
        ["src/Linli.Kernel/Places/PlaceNames.cs"] = "reads what people write",
        ["src/Linli.Requests/Ledgers/"] = BothTogether,
        ["src/Linli.Shell/Ledgers/Formulas/FormulaFunctions.cs"] = BothTogether,
        ["src/Linli.Shell/Ledgers/LedgerDays.cs"] = BothTogether,
        ["src/Linli.Shell/Ledgers/LedgersApi.cs"] = Example,
        ["src/Linli.Shell/Ledgers/Output/Xlsx"] = "of the workbook: its font, and both languages together",
        ["src/Linli.Shell/Ledgers/Pages/LedgerFormulaHelp.razor"] = BothTogether,
        ["src/Linli.Shell/Ledgers/Pages/NewLedger.cs"] = BothTogether,
        ["src/Linli.Shell/Ledgers/Placeholders.cs"] = BothTogether,
        ["src/Linli.Shell/Ledgers/Sources/"] = BothTogether,
        ["src/Linli.Shell/Organisations/KindName.cs"] = BothTogether,
        ["src/Linli.Shell/Clocks/CalendarApi.cs"] = Example,
        ["src/Linli.Shell/People/PeopleApi.cs"] = Example,
        ["src/Linli.Shell/Organisations/OrganisationsApi.cs"] = Example,
        ["src/Linli.Requests/Report/ReportApi.cs"] = Example,
        ["src/Linli.Requests/Twins/TwinEndpoints.cs"] = Example,
        ["src/Linli.Requests/Privacy/UnmaskingEndpoints.cs"] = Example,
        ["src/Linli.Requests/Privacy/AnonymiseRequests.cs"] = BothTogether,
        ["src/Linli.Server/Api/Pages/ApiOperation.cs"] = Example,
        ["src/Linli.Shell/People/RoleName.cs"] = BothTogether,
        ["src/Linli.Requests/Owners/Complaint.cs"] = "words that residents use, looked for in what they wrote",
        ["src/Linli.Shell/Setup/AnnounceSetup.cs"] = BothTogether,
        ["src/Linli.Shell/Site/SiteOptions.cs"] = "names of the county, set by configuration in both languages",
    };

    /// <summary>The name of a language is written in that language.</summary>
    private static readonly string[] SameInEveryLanguage = ["中文"];

    [Fact]
    public void Every_Chinese_text_in_the_sources_has_English()
    {
        var known = English.Select(e => e.Key).ToHashSet();

        var missing = Chinese.Where(c => !IsExempt(c) && !known.Contains(c.Text)).Select(c => c.ToString());

        Assert.Empty(missing);
    }

    [Fact]
    public void No_English_text_has_lost_its_Chinese()
    {
        var used = Chinese.Select(c => c.Text).ToHashSet();

        Assert.Empty(English.Where(e => ChineseText.Han().IsMatch(e.Key) && !used.Contains(e.Key)).Select(e => e.ToString()));
    }

    [Fact]
    public void No_two_files_translate_the_same_Chinese_differently()
    {
        var differing = English.GroupBy(e => e.Key).Where(g => g.Select(e => e.Text).Distinct().Count() > 1);

        Assert.Empty(differing.Select(g => string.Join(" | ", g.Select(e => e.ToString()))));
    }

    [Fact]
    public void Both_languages_have_the_same_places_for_values() =>
        Assert.Empty(English.Where(e => !Places(e.Key).SetEquals(Places(e.Text))).Select(e => e.ToString()));

    [Fact]
    public void English_texts_are_English() => Assert.Empty(English.Where(e => ChineseText.Han().IsMatch(e.Text)).Select(e => e.ToString()));

    [Fact]
    public void Every_exemption_is_still_needed()
    {
        var known = English.Select(e => e.Key).ToHashSet();

        var idle = NotKeys.Keys.Where(path => !Chinese.Any(c => c.File.StartsWith(path, StringComparison.Ordinal) && !known.Contains(c.Text)));

        Assert.Empty(idle);
    }

    [Fact]
    public void Every_text_file_is_built_into_its_assembly()
    {
        var built = Modules.Assemblies.SelectMany(Shell.Text.Texts.ReadEnglish).Select(p => p.Key).ToHashSet();

        Assert.Empty(English.Where(e => !built.Contains(e.Key)).Select(e => e.ToString()));
    }

    private static bool IsExempt(ChineseText text) =>
        SameInEveryLanguage.Contains(string.Concat(ChineseText.Han().Matches(text.Text))) || NotKeys.Keys.Any(path => text.File.StartsWith(path, StringComparison.Ordinal));

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Place();
}

/// <summary>One line of a texts.en.json.</summary>
internal sealed record EnglishText(string File, string Key, string Text)
{
    public override string ToString() => $"{File}: {Key} = {Text}";

    public static IEnumerable<EnglishText> ReadAll() =>
        from file in Repository.Files("src", "texts.en.json")
        from pair in JsonSerializer.Deserialize<Dictionary<string, string>>(System.IO.File.ReadAllText(Repository.At(file)))!
        select new EnglishText(file, pair.Key, pair.Value);
}
