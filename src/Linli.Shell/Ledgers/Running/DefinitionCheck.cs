using Linli.Kernel;

namespace Linli.Shell.Ledgers.Running;

/// <summary>What is wrong with a definition, field by field; formulas are looked at later.</summary>
internal static class DefinitionCheck
{
    private const int LongestName = 60, LongestLine = 200;

    /// <summary>The lines around the table, in both languages.</summary>
    public static IEnumerable<(string Field, string? Text, string? English)> Lines(LedgerDefinition d) =>
    [
        ("title", d.Title, d.TitleEn), ("subtitle", d.Subtitle, d.SubtitleEn), ("leftLine", d.LeftLine, d.LeftLineEn), ("rightLine", d.RightLine, d.RightLineEn), ("signature", d.Signature, d.SignatureEn),
    ];

    public static List<FieldProblem> Of(LedgerDefinition d, LedgerOffer offer)
    {
        List<FieldProblem> problems = [];
        Text("name", d.Name, LongestName, isNeeded: true);
        Text("nameEn", d.NameEn, LongestName);
        foreach (var (field, text, english) in Lines(d))
        {
            Text(field, text, LongestLine);
            Text($"{field}En", english, LongestLine);
        }

        if (d.Columns.Count is 0 or > LedgerDefinition.MostColumns)
        {
            problems.Add(d.Columns.Count == 0 ? new("columns", "请至少选一列。") : new("columns", "最多 {0} 列。", LedgerDefinition.MostColumns));
        }

        for (var i = 0; i < d.Columns.Count; i++)
        {
            Column($"columns[{i}]", d.Columns[i]);
        }

        foreach (var (key, value) in d.Filters.Where(f => f.Value.Length > 0))
        {
            var filter = offer.Filters.FirstOrDefault(f => f.Key == key);
            if (filter is null || value.Length > LongestLine || (filter.Options is { } options && options.All(o => o.Value != value)))
            {
                problems.Add(new($"filters.{PlanLedger.Short(key)}", "不能按“{0}”筛选，或没有“{1}”这个选项。", PlanLedger.Short(key), PlanLedger.Short(value)));
            }
        }

        Period(d.Period);
        if (d.Sort.Count > LedgerDefinition.MostSorts)
        {
            problems.Add(new("sort", "最多按 {0} 列排序。", LedgerDefinition.MostSorts));
        }

        if (d.GroupBy.Count > LedgerDefinition.MostGroups)
        {
            problems.Add(new("groupBy", "最多按 {0} 列分组。", LedgerDefinition.MostGroups));
        }

        if (d.OnlyTotals && d.GroupBy.Count == 0 && !d.GrandTotal)
        {
            problems.Add(new("groupBy", "只要合计的台账，请选按什么分组，或要一行总计。"));
        }

        return problems;

        void Text(string field, string? text, int longest, bool isNeeded = false)
        {
            if (isNeeded && string.IsNullOrWhiteSpace(text))
            {
                problems.Add(new(field, "请填写。"));
            }
            else if (text?.Length > longest)
            {
                problems.Add(new(field, "太长，最多 {0} 个字。", longest));
            }
            else if (PlainLine.ProblemWith(field, text) is { } unseen)
            {
                problems.Add(unseen);
            }
        }

        void Column(string field, LedgerColumnSpec c)
        {
            Text($"{field}.heading", c.Heading, LongestName);
            Text($"{field}.headingEn", c.HeadingEn, LongestName);
            Text($"{field}.under", c.Under, LongestLine);
            Text($"{field}.underEn", c.UnderEn, LongestLine);
            if (HeadCells.PathOf(c.Under, "").Count > HeadCells.MostLevels)
            {
                problems.Add(new($"{field}.under", "上级表头最多 {0} 层。", HeadCells.MostLevels - 1));
            }

            if (c.Column is null == c.Formula is null)
            {
                problems.Add(new($"{field}.column", "请选一列，或写一个算式。"));
            }
            else if (c.Column is { } key && key != "#" && offer.Columns.All(o => o.Key != key))
            {
                problems.Add(new($"{field}.column", "没有“{0}”这一列，或者您不能看。", PlanLedger.Short(key)));
            }

            if (c.Formula is not null && string.IsNullOrWhiteSpace(c.Heading))
            {
                problems.Add(new($"{field}.heading", "算出来的列要有表头。"));
            }

            if (c.Width is < 2 or > 100)
            {
                problems.Add(new($"{field}.width", "列宽是 2 到 100 个字。"));
            }

            if (!Enum.IsDefined(c.Total) || !Enum.IsDefined(c.Look))
            {
                problems.Add(new($"{field}.total", "没有这种合计或写法。"));
            }
        }

        void Period(LedgerPeriod p)
        {
            if (!Enum.IsDefined(p.Kind))
            {
                problems.Add(new("period.kind", "没有这种期间。"));
            }
            else if (p.Kind == PeriodKind.Days && (p.From is null || p.Until is null || p.From > p.Until || p.From.Value.Year < 1990 || p.Until.Value.Year > 2200))
            {
                problems.Add(new("period.from", "请写从哪天到哪天，先后不要颠倒。"));
            }

            if (p.Kind != PeriodKind.Always && (p.Column is { } key ? !offer.Columns.Any(c => c.Key == key && c.HasPeriod) : !offer.Columns.Any(c => c.HasPeriod)))
            {
                problems.Add(new("period.column", "请选期间是指哪个时间。"));
            }
        }
    }
}
