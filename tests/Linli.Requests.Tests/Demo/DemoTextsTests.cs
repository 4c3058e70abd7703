using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using static Linli.Requests.Tests.Demo.DemoFiles;

namespace Linli.Requests.Tests.Demo;

public sealed partial class DemoTextsTests
{
    private const char Separator = '\u001f';
    private static readonly string[] Reporters = ["resident", "rider", "gridWorker", "villager", "shopkeeper", "relative"];

    [Fact]
    public void There_are_enough_texts_and_no_two_are_alike()
    {
        Assert.True(RequestTexts.Count >= 620, $"Only {RequestTexts.Count}.");
        foreach (var part in (string[])["title", "text"])
        {
            None(Repeated(RequestTexts.Select(r => r.Text(part)!)));
        }
    }

    [Fact]
    public void Every_service_type_is_asked_for_at_least_four_times()
    {
        var counts = RequestTexts.CountBy(r => r.Text("type")!).ToDictionary();
        None(ServiceTypes.Keys.Where(type => counts.GetValueOrDefault(type) < 4));
        None(counts.Keys.Where(type => !ServiceTypes.ContainsKey(type)));
    }

    [Fact]
    public void Every_place_reporter_and_organisation_exists()
    {
        None(RequestTexts.Select(r => r.Text("area")!).Where(a => a.Length is not (9 or 12) || !AreaCodes.Contains(a)));
        None(RequestTexts.Select(r => r.Text("by")).Where(b => !Reporters.Contains(b)));
        None(RequestTexts.Select(r => r.Text("about")).Where(o => o is not null && !OrganisationNames.Contains(o)));
    }

    [Fact]
    public void The_answers_fit_the_questions_of_the_type() =>
        None(RequestTexts.SelectMany(ProblemsWithAnswers));

    [Fact]
    public void Twins_come_in_twos_to_fours()
    {
        var clusters = RequestTexts.Select(r => r.Text("twin")).OfType<string>().CountBy(t => t).ToList();
        Assert.True(clusters.Count >= 12, $"Only {clusters.Count}.");
        Assert.All(clusters, c => Assert.InRange(c.Value, 2, 4));
    }

    [Fact]
    public void What_is_asked_back_is_answered_and_everything_comes_to_an_end()
    {
        None(RequestTexts.Where(r => r.Text("question") is null != r.Text("answer") is null).Select(r => r.Text("title")));
        Assert.All(RequestTexts, r => Assert.False(string.IsNullOrWhiteSpace(r.Text("resolve"))));
        Assert.All(RequestTexts, r => Assert.InRange(r.GetProperty("day").GetInt32(), 1, 60));
    }

    [Fact]
    public void Nobody_freezes_or_slips_before_the_last_weeks() =>
        None(RequestTexts.Where(r => r.GetProperty("day").GetInt32() < 45 && (r.Text("type") == "snow-ice" || (r.Text("type") == "heating" && r.GetProperty("fields").Text("fault") != "fee")))
            .Select(r => r.Text("title")));

    [Fact]
    public void No_text_carries_a_telephone_or_identity_number() =>
        None(RequestTexts.Select(r => r.GetRawText()).Where(r => LongNumber().IsMatch(AreaField().Replace(r, ""))));

    private static IEnumerable<string> ProblemsWithAnswers(JsonElement request)
    {
        var type = ServiceTypes[request.Text("type")!];
        var answers = request.TryGetProperty("fields", out var given)
            ? given.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!)
            : [];
        foreach (var field in type.GetProperty("fields").EnumerateArray())
        {
            var code = field.Text("code")!;
            var required = field.GetProperty("required").GetBoolean();
            if (answers.Remove(code, out var answer) ? !Fits(field, answer) : required)
            {
                yield return $"{request.Text("title")}: {code} is '{answer}'";
            }
        }

        foreach (var code in answers.Keys)
        {
            yield return $"{request.Text("title")}: {code} is not asked";
        }
    }

    private static bool Fits(JsonElement field, string answer) => field.Text("type") switch
    {
        "number" => double.TryParse(answer, CultureInfo.InvariantCulture, out var number) && number >= Bound(field, "min", double.MinValue) && number <= Bound(field, "max", double.MaxValue),
        "yesNo" => answer is "yes" or "no",
        "date" => Days().IsMatch(answer),
        "choice" => Options(field).Contains(answer),
        "choices" => answer.Split(Separator).All(Options(field).Contains),
        _ => answer.Length > 0 && answer.Length <= Bound(field, "max", 2_000),
    };

    private static double Bound(JsonElement field, string name, double fallback) =>
        field.TryGetProperty(name, out var bound) ? bound.GetDouble() : fallback;

    private static HashSet<string> Options(JsonElement field) => [.. field.GetProperty("options").EnumerateArray().Select(o => o.Text("code")!)];

    private static IEnumerable<string> Repeated(IEnumerable<string> values) => values.CountBy(v => v).Where(c => c.Value > 1).Select(c => c.Key);

    [GeneratedRegex(@"\d{7,}")]
    private static partial Regex LongNumber();

    [GeneratedRegex("\"area\": \"\\d+\"")]
    private static partial Regex AreaField();

    [GeneratedRegex(@"^[+-]\d{1,3}d$")]
    private static partial Regex Days();
}
