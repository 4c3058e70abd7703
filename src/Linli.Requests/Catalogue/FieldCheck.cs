using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.People;

namespace Linli.Requests.Catalogue;

/// <summary>Holds answers against the service type's own fields.</summary>
internal static class FieldCheck
{
    /// <summary>Between the values of a field with several choices.</summary>
    public const char Separator = '\u001f';

    private const int LongestText = 200;
    private const int LongestLongText = 2_000;

    /// <summary>The answers that count; what is wrong goes to <paramref name="problems"/> under the field's code with the prefix "answers.".</summary>
    public static Dictionary<string, string> Clean(ServiceType type, IReadOnlyDictionary<string, string?>? answers, DateOnly today, List<FieldProblem> problems)
    {
        var clean = new Dictionary<string, string>();
        foreach (var field in type.Fields)
        {
            var value = answers?.GetValueOrDefault(field.Code)?.Trim();
            if (string.IsNullOrEmpty(value))
            {
                if (field.Required)
                {
                    problems.Add(new($"answers.{field.Code}", "请填写“{0}”。", new Wording(field.LabelZh, field.LabelEn)));
                }
            }
            else if (ProblemOf(field, value, today) is { } problem)
            {
                problems.Add(problem);
            }
            else
            {
                clean[field.Code] = field.Type == FieldType.IdNumber ? IdNumber.Normal(value, today)! : value;
            }
        }

        return clean;
    }

    private static FieldProblem? ProblemOf(FormField field, string value, DateOnly today)
    {
        var name = $"answers.{field.Code}";
        return field.Type switch
        {
            FieldType.Number when !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) || !double.IsFinite(n) =>
                new(name, "“{0}”不是数字。", Short(value)),
            FieldType.Number when double.Parse(value, CultureInfo.InvariantCulture) is var n && (n < field.Min || n > field.Max) => OutOfBounds(field, name),
            FieldType.Date when !DateOnly.TryParseExact(value, "yyyy-MM-dd", out _) => new(name, "“{0}”不是日期。请写成 2026-01-31 的样子。", Short(value)),
            FieldType.Choice when field.Options?.Any(o => o.Code == value) != true => new(name, "没有“{0}”这个选项。请从列表中选择。", Short(value)),
            FieldType.Choices when value.Split(Separator).Any(v => field.Options?.Any(o => o.Code == v) != true) => new(name, "没有“{0}”这个选项。请从列表中选择。", Short(value)),
            FieldType.YesNo when value is not ("yes" or "no") => new(name, "请选择是或否。"),
            FieldType.IdNumber when IdNumber.Normal(value, today) is null => new(name, "这不是有效的身份证号码。请照着证件写 18 位，最后一位可能是 X。"),
            FieldType.Text or FieldType.LongText when value.Length > MostOf(field) => new(name, "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", MostOf(field), value.Length),
            _ => null,
        };
    }

    private static FieldProblem OutOfBounds(FormField field, string name) => (field.Min, field.Max) switch
    {
        ({ } least, { } most) => new(name, "请填写 {0} 到 {1} 之间的数。", least, most),
        ({ } least, null) => new(name, "请填写不小于 {0} 的数。", least),
        _ => new(name, "请填写不大于 {0} 的数。", field.Max!.Value),
    };

    private static int MostOf(FormField field) => (int)(field.Max ?? (field.Type == FieldType.LongText ? LongestLongText : LongestText));

    private static string Short(string text) => text.Length > 30 ? text[..30] + "…" : text;
}
