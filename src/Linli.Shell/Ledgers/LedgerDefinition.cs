namespace Linli.Shell.Ledgers;

/// <summary>What stands in the line of totals under a column.</summary>
public enum TotalKind
{
    None,

    /// <summary>How many lines have something there; of a yes-or-no column how many say yes.</summary>
    Count,
    Sum,
    Average,
    Min,
    Max,

    /// <summary>The share of those that say yes among those that say anything.</summary>
    Share,

    /// <summary>The formula of the column, reckoned with the totals of the columns that it names.</summary>
    Formula,
}

/// <summary>How numbers of a column look.</summary>
public enum NumberLook
{
    /// <summary>Whole numbers whole, others with up to two decimals.</summary>
    Plain,
    Whole,
    OneDecimal,
    TwoDecimals,
    Percent,
}

/// <summary>One column of a ledger, in its place.</summary>
/// <param name="Column">Key of a column of the source, or <c>#</c> for the number of the line; null where it is calculated.</param>
/// <param name="Formula">Calculated; see <see cref="Formulas.Formula"/>.</param>
/// <param name="Heading">The county's own; null for the usual one.</param>
/// <param name="Under">Merged headings above it from the top down, separated by a slash: 办理情况/按期.</param>
/// <param name="Total">What stands in lines of totals.</param>
/// <param name="Width">In characters of a spreadsheet; null for the usual width.</param>
public sealed record LedgerColumnSpec(
    string? Column, string? Formula = null, string? Heading = null, string? HeadingEn = null, string? Under = null, string? UnderEn = null,
    TotalKind Total = TotalKind.None, NumberLook Look = NumberLook.Plain, int? Width = null);

/// <summary>The period that a ledger is about, counted from the day it is made for.</summary>
public enum PeriodKind
{
    Always,
    Today,
    Yesterday,

    /// <summary>From the beginning of the last working day before today until today: after a holiday it holds the holiday too.</summary>
    SinceLastWorkingDay,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    ThisQuarter,
    LastQuarter,
    ThisYear,
    LastYear,

    /// <summary>From a day to a day, both included.</summary>
    Days,
}

/// <summary>Which times have to lie in which period.</summary>
/// <param name="Column">A column of the source with a period.</param>
public sealed record LedgerPeriod(PeriodKind Kind, string? Column = null, DateOnly? From = null, DateOnly? Until = null)
{
    private const int DaysOfWeek = 7;

    /// <summary>Less than a week: figures of some days are nearly a list.</summary>
    public static bool IsShort(PeriodKind kind) => kind is PeriodKind.Today or PeriodKind.Yesterday or PeriodKind.SinceLastWorkingDay;

    internal bool IsShorterThanAWeek => IsShort(Kind) || (Kind == PeriodKind.Days && From is { } from && Until is { } until && until.DayNumber - from.DayNumber + 1 < DaysOfWeek);
}

/// <param name="Column">Heading or key of a column, chosen or not.</param>
public sealed record LedgerSort(string Column, bool Descending = false);

/// <summary>台账: a view over records, as somebody put it together. Nothing of it is data; it is filled anew each time.</summary>
public sealed record LedgerDefinition
{
    public const int MostColumns = 60, MostSorts = 3, MostGroups = 3;

    /// <summary>Key of an <see cref="ILedgerSource"/>.</summary>
    public string Source { get; init; } = "";
    public string Name { get; init; } = "";
    public string? NameEn { get; init; }

    /// <summary>Lines around the table; see <see cref="Placeholders"/>. Title null: the name. In both languages, or the whole sheet is in one: see <see cref="Running.SheetLanguage"/>.</summary>
    public string? Title { get; init; }
    public string? TitleEn { get; init; }
    public string? Subtitle { get; init; }
    public string? SubtitleEn { get; init; }
    public string? LeftLine { get; init; }
    public string? LeftLineEn { get; init; }
    public string? RightLine { get; init; }
    public string? RightLineEn { get; init; }
    public string? Signature { get; init; }
    public string? SignatureEn { get; init; }
    public bool IsPortrait { get; init; }

    public IReadOnlyList<LedgerColumnSpec> Columns { get; init; } = [];
    public IReadOnlyDictionary<string, string> Filters { get; init; } = new Dictionary<string, string>();
    public LedgerPeriod Period { get; init; } = new(PeriodKind.Always);

    /// <summary>A yes-or-no formula; only lines for which it says yes.</summary>
    public string? Where { get; init; }
    public IReadOnlyList<LedgerSort> Sort { get; init; } = [];

    /// <summary>Lines with equal values stand together and get a subtotal.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>Only the lines of subtotals: a form with one line for each township.</summary>
    public bool OnlyTotals { get; init; }

    /// <summary>Also what the first grouping knows but has no records.</summary>
    public bool EmptyGroups { get; init; }
    public bool GrandTotal { get; init; }
}
