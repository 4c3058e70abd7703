using System.Globalization;
using Linli.Shell.Ledgers.Formulas;
using Linli.Shell.Ledgers.Running;

namespace Linli.Shell.Ledgers.Output;

/// <summary>A cell as people read it, on screen and in CSV.</summary>
internal static class CellText
{
    public static string Of(object? value, CellLook look) => value switch
    {
        decimal number => look switch
        {
            CellLook.Whole => number.ToString("0", CultureInfo.InvariantCulture),
            CellLook.OneDecimal => number.ToString("0.0", CultureInfo.InvariantCulture),
            CellLook.TwoDecimals => number.ToString("0.00", CultureInfo.InvariantCulture),
            CellLook.Percent => number.ToString("0.0%", CultureInfo.InvariantCulture),
            _ => Plain(number).ToString("0.##", CultureInfo.InvariantCulture),
        },
        _ => FormulaFunctions.Words(value),
    };

    /// <summary>What a number without a look of its own is rounded to.</summary>
    public static decimal Plain(decimal number) => Math.Round(number, 2, MidpointRounding.AwayFromZero);

    public static CellLook LookOf(SheetColumn column, LedgerLineKind kind, bool isOnlyTotals) => kind == LedgerLineKind.Row && !isOnlyTotals ? column.Look : column.TotalLook;
}
