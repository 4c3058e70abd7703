using System.Globalization;
using Linli.Kernel;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Formulas;

/// <summary>One function: how it is called in both languages, what it takes and gives.</summary>
/// <param name="Names">English and Chinese.</param>
/// <param name="Takes">Of each argument; <see cref="ValueKind.Nothing"/> takes anything, Date takes times as well.</param>
/// <param name="Needed">So many must be there.</param>
/// <param name="Gives"><see cref="ValueKind.Nothing"/>: the kind of its last arguments, which have to be alike.</param>
internal sealed record FormulaFunction(string[] Names, ValueKind[] Takes, int Needed, ValueKind Gives, Func<FormulaScope, object?[], object?> Value)
{
    /// <summary>The last argument may be repeated.</summary>
    public bool Repeats { get; init; }

    /// <summary>Empty arguments do not make the result empty.</summary>
    public bool TakesEmpty { get; init; }

    public (FormulaNode? Node, Saying? Problem) Build(IReadOnlyList<FormulaNode> arguments)
    {
        if (arguments.Count < Needed || (!Repeats && arguments.Count > Takes.Length))
        {
            return (null, Repeats ? new Saying("函数“{0}”至少要 {1} 个参数。", Names[0], Needed) : Needed == Takes.Length
                ? new Saying("函数“{0}”要 {1} 个参数，这里有 {2} 个。", Names[0], Needed, arguments.Count)
                : new Saying("函数“{0}”要 {1} 到 {2} 个参数，这里有 {3} 个。", Names[0], Needed, Takes.Length, arguments.Count));
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            var (takes, has) = (Takes[Math.Min(i, Takes.Length - 1)], arguments[i].Kind);
            if (takes != ValueKind.Nothing && has != ValueKind.Nothing && takes != has && !(takes == ValueKind.Date && has == ValueKind.Time))
            {
                return (null, new Saying("函数“{0}”的第 {1} 个参数要是{2}，这里是{3}。", Names[0], i + 1, FormulaParser.WordOf(takes), FormulaParser.WordOf(has)));
            }
        }

        var kinds = arguments.Where((_, i) => Takes[Math.Min(i, Takes.Length - 1)] == ValueKind.Nothing).Select(a => a.Kind).Where(k => k != ValueKind.Nothing).Distinct().ToList();
        if (Gives == ValueKind.Nothing && kinds.Count > 1)
        {
            return (null, new Saying("函数“{0}”的结果要是同一类，这里有{1}和{2}。", Names[0], FormulaParser.WordOf(kinds[0]), FormulaParser.WordOf(kinds[1])));
        }

        return (new FormulaNode(Gives != ValueKind.Nothing ? Gives : kinds.FirstOrDefault(), s =>
        {
            var values = new object?[arguments.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = arguments[i].Value(s);
                if (values[i] is null && !TakesEmpty)
                {
                    return null;
                }
            }

            return Value(s, values);
        }), null);
    }
}

/// <summary>Every function there is. To add one, add a line, and the page of help lists it.</summary>
internal static class FormulaFunctions
{
    private const int LongestText = 2_000;
    private const ValueKind Any = ValueKind.Nothing, Text = ValueKind.Text, Number = ValueKind.Number, Date = ValueKind.Date, YesNo = ValueKind.YesNo;

    public static IReadOnlyList<FormulaFunction> All { get; } =
    [
        new(["if", "如果"], [YesNo, Any, Any], 2, Any, (_, a) => a[0] is true ? a[1] : a.Length > 2 ? a[2] : null) { TakesEmpty = true },
        new(["and", "并且"], [YesNo], 1, YesNo, (_, a) => a.All(v => v is true)) { Repeats = true, TakesEmpty = true },
        new(["or", "或者"], [YesNo], 1, YesNo, (_, a) => a.Any(v => v is true)) { Repeats = true, TakesEmpty = true },
        new(["not", "不是"], [YesNo], 1, YesNo, (_, a) => a[0] is not true) { TakesEmpty = true },
        new(["isEmpty", "为空"], [Any], 1, YesNo, (_, a) => a[0] is null or "") { TakesEmpty = true },
        new(["first", "取第一个"], [Any], 1, Any, (_, a) => a.FirstOrDefault(v => v is not (null or ""))) { Repeats = true, TakesEmpty = true },
        new(["round", "四舍五入"], [Number, Number], 1, Number, (_, a) => Math.Round((decimal)a[0]!, Places(a), MidpointRounding.AwayFromZero)),
        new(["abs", "绝对值"], [Number], 1, Number, (_, a) => Math.Abs((decimal)a[0]!)),
        new(["min", "最小"], [Number], 1, Number, (_, a) => a.OfType<decimal>().Cast<decimal?>().Min()) { Repeats = true, TakesEmpty = true },
        new(["max", "最大"], [Number], 1, Number, (_, a) => a.OfType<decimal>().Cast<decimal?>().Max()) { Repeats = true, TakesEmpty = true },
        new(["number", "数值"], [Any], 1, Number, (_, a) => a[0] switch
        {
            decimal n => n,
            bool b => b ? 1m : 0m,
            string t when decimal.TryParse(t.Compatible().Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var n) => n,
            _ => null,
        }),
        new(["text", "文本"], [Any], 1, Text, (_, a) => Words(a[0])) { TakesEmpty = true },
        new(["length", "字数"], [Text], 1, Number, (_, a) => (decimal)new StringInfo((string)a[0]!).LengthInTextElements),
        new(["left", "左边"], [Text, Number], 2, Text, (_, a) => Piece((string)a[0]!, 0, (decimal)a[1]!)),
        new(["middle", "中间"], [Text, Number, Number], 3, Text, (_, a) => Piece((string)a[0]!, (decimal)a[1]! - 1, (decimal)a[2]!)),
        new(["contains", "包含"], [Text, Text], 2, YesNo, (_, a) => ((string)a[0]!).Contains((string)a[1]!, StringComparison.OrdinalIgnoreCase)),
        new(["date", "日期"], [Number, Number, Number], 3, Date, (_, a) => new DateOnly((int)(decimal)a[0]!, (int)(decimal)a[1]!, (int)(decimal)a[2]!)),
        new(["day", "取日期"], [Date], 1, Date, (_, a) => DayOf(a[0])),
        new(["year", "年份"], [Date], 1, Number, (_, a) => (decimal)DayOf(a[0]).Year),
        new(["month", "月份"], [Date], 1, Number, (_, a) => (decimal)DayOf(a[0]).Month),
        new(["weekday", "星期"], [Date], 1, Number, (_, a) => DayOf(a[0]).DayOfWeek is var day && day == DayOfWeek.Sunday ? 7m : (decimal)(int)day),
        new(["today", "今天"], [], 0, Date, (s, _) => DateOnly.FromDateTime(LocalTime.Of(s.Now).DateTime)),
        new(["now", "现在"], [], 0, ValueKind.Time, (s, _) => LocalTime.Of(s.Now).DateTime),
        new(["days", "相隔天数"], [Date, Date], 2, Number, (_, a) => DaysBetween(a[0], a[1])),
        new(["hours", "相隔小时"], [Date, Date], 2, Number, (_, a) => Math.Round((decimal)(TimeOf(a[1]) - TimeOf(a[0])).TotalHours, 2)),
        new(["workingHours", "工作小时"], [Date, Date], 2, Number, (s, a) => Math.Round((decimal)s.Calendar.OpenBetween(Instant(a[0]), Instant(a[1])).TotalHours, 2)),
        new(["workingDays", "工作日"], [Date, Date], 2, Number, (s, a) => (decimal)s.Calendar.WorkingDaysBetween(Instant(a[0]), Instant(a[1]))),
    ];

    private static readonly Dictionary<string, FormulaFunction> ByName = All.SelectMany(f => f.Names.Select(n => (n, f))).ToDictionary(p => p.n, p => p.f, StringComparer.OrdinalIgnoreCase);

    public static FormulaFunction? Find(string name) => ByName.GetValueOrDefault(name);

    public static FormulaNode? Constant(string name) => name.ToLowerInvariant() switch
    {
        "true" or "yes" or "是" => new FormulaNode(YesNo, _ => true),
        "false" or "no" or "否" => new FormulaNode(YesNo, _ => false),
        "empty" or "空" => new FormulaNode(Any, _ => null),
        _ => null,
    };

    /// <summary>A value inside a text.</summary>
    public static string Words(object? value) => value switch
    {
        null => "",
        string text => text,
        bool yes => (yes, Texts.IsEnglish) switch { (true, true) => "yes", (false, true) => "no", (true, _) => "是", _ => "否" },
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    public static string Limited(string text) => text.Length <= LongestText ? text : text[..LongestText];

    public static decimal? DaysBetween(object? from, object? to) => from is null || to is null ? null : DayOf(to).DayNumber - DayOf(from).DayNumber;

    private static int Places(object?[] a) => a.Length > 1 ? (int)Math.Clamp((decimal)a[1]!, 0, 10) : 0;

    private static string Piece(string text, decimal from, decimal length)
    {
        var elements = new StringInfo(text);
        var start = (int)Math.Clamp(from, 0, elements.LengthInTextElements);
        var count = (int)Math.Clamp(length, 0, elements.LengthInTextElements - start);
        return count == 0 ? "" : elements.SubstringByTextElements(start, count);
    }

    private static DateOnly DayOf(object? value) => value is DateTime at ? DateOnly.FromDateTime(at) : (DateOnly)value!;

    private static DateTime TimeOf(object? value) => value is DateOnly day ? day.ToDateTime(TimeOnly.MinValue) : (DateTime)value!;

    private static DateTimeOffset Instant(object? value) => TimeOf(value) is var local ? new DateTimeOffset(local, LocalTime.Zone.GetUtcOffset(local)) : default;
}
