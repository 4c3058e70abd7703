using System.Globalization;
using System.Text.RegularExpressions;

namespace Linli.Kernel.Clocks;

/// <summary>Budgets as text, both ways.</summary>
internal static partial class BudgetText
{
    private static readonly Dictionary<string, BudgetUnit> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["minute"] = BudgetUnit.Minutes,
        ["min"] = BudgetUnit.Minutes,
        ["分钟"] = BudgetUnit.Minutes,
        ["分"] = BudgetUnit.Minutes,
        ["hour"] = BudgetUnit.Hours,
        ["小时"] = BudgetUnit.Hours,
        ["自然小时"] = BudgetUnit.Hours,
        ["working hour"] = BudgetUnit.WorkingHours,
        ["工作小时"] = BudgetUnit.WorkingHours,
        ["工作时"] = BudgetUnit.WorkingHours,
        ["working day"] = BudgetUnit.WorkingDays,
        ["workday"] = BudgetUnit.WorkingDays,
        ["工作日"] = BudgetUnit.WorkingDays,
        ["natural day"] = BudgetUnit.NaturalDays,
        ["calendar day"] = BudgetUnit.NaturalDays,
        ["自然日"] = BudgetUnit.NaturalDays,
        ["日历日"] = BudgetUnit.NaturalDays,
        ["日历天"] = BudgetUnit.NaturalDays,
    };

    public static string English(BudgetUnit unit, long amount) => string.Create(CultureInfo.InvariantCulture, $"{amount} {Noun(unit)}{(amount == 1 ? "" : "s")}");

    public static string Chinese(BudgetUnit unit, long amount) => string.Create(CultureInfo.InvariantCulture, $"{amount} {unit switch
    {
        BudgetUnit.Minutes => "分钟",
        BudgetUnit.Hours => "小时",
        BudgetUnit.WorkingHours => "个工作小时",
        BudgetUnit.WorkingDays => "个工作日",
        BudgetUnit.NaturalDays => "个自然日",
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    }}");

    private static string Noun(BudgetUnit unit) => unit switch
    {
        BudgetUnit.Minutes => "minute",
        BudgetUnit.Hours => "hour",
        BudgetUnit.WorkingHours => "working hour",
        BudgetUnit.WorkingDays => "working day",
        BudgetUnit.NaturalDays => "natural day",
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };

    public static Outcome<Budget> Parse(string? text, string field)
    {
        var match = Form().Match(text ?? "");
        var unit = Whitespace().Replace(match.Groups["unit"].Value, " ");
        if (!match.Success || !TryUnit(unit, out var known))
        {
            // "天" and "days" alone are refused on purpose: whether holidays count is exactly what must be said.
            return new Failure.Invalid(field, "看不懂时限“{0}”。请写成 3个工作日、4个工作小时、24小时、90分钟或 15个自然日。", Shorten(text));
        }

        var digits = match.Groups["amount"].Value;
        return int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)
            ? Budget.Create(amount, known, field)
            : new Failure.Invalid(field, "时限 {0} 太大，这个单位最多 {1}。", Shorten(digits), Budget.MaximumOf(known));
    }

    private static bool TryUnit(string text, out BudgetUnit unit) =>
        Units.TryGetValue(text, out unit) || (text.EndsWith('s') && Units.TryGetValue(text[..^1], out unit));

    private static string Shorten(string? text) => text is null ? "" : text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex(@"^\s*(?<amount>[+-]?[0-9]+)\s*个?\s*(?<unit>[\p{L}][\p{L}\s]*?)\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Whitespace();
}
