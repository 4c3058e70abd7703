using Linli.Kernel;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Running;

/// <summary>
/// What somebody who has totals alone may not do with them: ask for the one record. No column that tells records apart, no line for each of something
/// reckoned, no smallest and largest, which are values of one record, no period of some days.
/// </summary>
internal static class TotalsCheck
{
    /// <param name="d">A form of totals.</param>
    /// <param name="all">Everything that the source offers.</param>
    public static List<FieldProblem> Of(LedgerDefinition d, LedgerOffer all)
    {
        List<FieldProblem> problems = [];
        for (var i = 0; i < d.Columns.Count; i++)
        {
            var column = d.Columns[i];
            var use = all.Columns.FirstOrDefault(c => c.Key == column.Column)?.InTotals;
            if (use == TotalUse.None)
            {
                problems.Add(new($"columns[{i}].column", "“{0}”能认出一件件记录。您看到的是全部的合计，不能用这一列。", NameOf(all, column.Column!)));
            }
            else if (use == TotalUse.Counted && column.Total is not (TotalKind.None or TotalKind.Count))
            {
                problems.Add(new($"columns[{i}].total", "“{0}”在这里只能计数。", NameOf(all, column.Column!)));
            }
            else if (column.Total is TotalKind.Min or TotalKind.Max)
            {
                problems.Add(new($"columns[{i}].total", "最小和最大是某一件的数，全部的合计里不能用。"));
            }
        }

        for (var i = 0; i < d.GroupBy.Count; i++)
        {
            if (Named(d, all, d.GroupBy[i])?.InTotals != TotalUse.Grouped)
            {
                problems.Add(new($"groupBy[{i}]", "全部的合计不能按“{0}”分组，请选乡镇、类别、状态这样的列。", PlanLedger.Short(d.GroupBy[i])));
            }
        }

        if (d.Period.IsShorterThanAWeek)
        {
            problems.Add(new(d.Period.Kind == PeriodKind.Days ? "period.from" : "period.kind", "全部的合计至少要一个星期的数，请把期间选长一些。"));
        }

        return problems;
    }

    /// <summary>What is meant by a heading or a key; nothing where it is reckoned.</summary>
    private static LedgerColumn? Named(LedgerDefinition d, LedgerOffer all, string name)
    {
        var headed = d.Columns.Where(c => Is(c.Heading, name) || Is(c.HeadingEn, name)).ToList();
        return headed.Count > 0 ? headed.All(c => c.Column == headed[0].Column) ? all.Columns.FirstOrDefault(c => c.Key == headed[0].Column) : null
            : all.Columns.FirstOrDefault(c => Is(c.Key, name)) ?? all.Columns.FirstOrDefault(c => Is(c.Zh, name) || Is(c.En, name));
    }

    private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(LedgerOffer all, string key) => all.Columns.First(c => c.Key == key) is var column ? Texts.Pick(column.Zh, column.En) : key;
}
