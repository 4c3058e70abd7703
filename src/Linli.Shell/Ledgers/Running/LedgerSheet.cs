namespace Linli.Shell.Ledgers.Running;

/// <summary>How a value is written.</summary>
public enum CellLook
{
    Text,
    Plain,
    Whole,
    OneDecimal,
    TwoDecimals,
    Percent,
    Date,
    Time,
}

/// <param name="Width">In characters.</param>
/// <param name="TotalLook">Of its totals: a column of words may be counted.</param>
public sealed record SheetColumn(string Heading, int Width, CellLook Look, CellLook TotalLook);

/// <summary>One cell of the headings, which may reach over several columns and lines. Counted from 0.</summary>
public sealed record HeadCell(int Row, int Column, int Rows, int Columns, string Text);

/// <summary>Everything around the lines, with nothing left to fill in.</summary>
public sealed record LedgerSheet(
    string Name, string Title, string Subtitle, string LeftLine, string RightLine, string Signature, bool IsPortrait,
    IReadOnlyList<SheetColumn> Columns, IReadOnlyList<HeadCell> Head, int HeadRows)
{
    public string Language { get; } = Text.Texts.IsEnglish ? "en" : "zh-CN";
}

public enum LedgerLineKind
{
    Row,
    Subtotal,
    Total,
}

/// <param name="Cells">Text, decimal, DateOnly, DateTime (by the county's clock), bool or null; one for each column.</param>
internal sealed record LedgerLine(LedgerLineKind Kind, object?[] Cells);

/// <summary>Where a ledger is written to. Lines come one by one, and nothing of them is kept here that is not needed.</summary>
internal interface ILedgerOutput
{
    Task BeginAsync(LedgerSheet sheet, CancellationToken cancellation);

    ValueTask WriteAsync(LedgerLine line, CancellationToken cancellation);

    Task EndAsync(CancellationToken cancellation);
}
