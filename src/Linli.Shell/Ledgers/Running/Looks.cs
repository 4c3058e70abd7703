namespace Linli.Shell.Ledgers.Running;

/// <summary>How a column looks, where nobody said otherwise.</summary>
internal static class Looks
{
    public static SheetColumn Of(LedgerColumnSpec column, string heading, CellKind kind, PlannedColumn planned)
    {
        var own = kind switch
        {
            CellKind.Date => CellLook.Date,
            CellKind.Time => CellLook.Time,
            CellKind.Number or CellKind.Hours => Of(column.Look),
            _ => CellLook.Text,
        };
        var total = planned.Total switch
        {
            TotalKind.Count => CellLook.Whole,
            TotalKind.Share => column.Look == NumberLook.Plain ? CellLook.Percent : Of(column.Look),
            TotalKind.Sum or TotalKind.Average or TotalKind.Formula => Of(column.Look),
            _ => own,
        };
        return new SheetColumn(heading, column.Width ?? Width(kind, heading), column.Column == "#" ? CellLook.Whole : own, total);
    }

    private static CellLook Of(NumberLook look) => look switch
    {
        NumberLook.Whole => CellLook.Whole,
        NumberLook.OneDecimal => CellLook.OneDecimal,
        NumberLook.TwoDecimals => CellLook.TwoDecimals,
        NumberLook.Percent => CellLook.Percent,
        _ => CellLook.Plain,
    };

    private static int Width(CellKind kind, string heading) => Math.Max(Math.Min((heading.Length * 2) + 2, 24), kind switch
    {
        CellKind.Time => 17,
        CellKind.Date => 12,
        CellKind.Text => 24,
        CellKind.Choice => 14,
        _ => 8,
    });
}
