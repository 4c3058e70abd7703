using Linli.Kernel.Clocks;
using Linli.Shell.Ledgers.Formulas;

namespace Linli.Shell.Ledgers.Running;

/// <summary>One column of the sheet, with where its values come from.</summary>
/// <param name="Slot">Of its value in a row; null for the number of the line.</param>
/// <param name="TotalFormula">Reckoned with totals, by place of the column.</param>
internal sealed record PlannedColumn(int? Slot, ValueKind Kind, TotalKind Total, Formula? TotalFormula)
{
    public bool IsNumber => Slot is null && TotalFormula is null;
}

/// <param name="Ranks">Order of known choices.</param>
internal sealed record PlannedOrder(int Slot, bool Descending, IReadOnlyDictionary<string, int>? Ranks, IReadOnlyList<string>? Choices);

/// <summary>A ledger of which everything is known but its lines.</summary>
internal sealed record LedgerPlan
{
    public required LedgerDefinition Definition { get; init; }
    public required ILedgerSource Source { get; init; }
    public required LedgerQuery Query { get; init; }
    public required LedgerSheet Sheet { get; init; }
    public required IReadOnlyList<PlannedColumn> Columns { get; init; }

    /// <summary>Calculated slots, each after those that it reads.</summary>
    public required IReadOnlyList<(int Slot, Formula Formula)> Calculated { get; init; }
    public required int Slots { get; init; }
    public required Formula? Where { get; init; }
    public required IReadOnlyList<PlannedOrder> Groups { get; init; }

    /// <summary>Of lines.</summary>
    public required IReadOnlyList<PlannedOrder> Sort { get; init; }

    /// <summary>Places of columns by whose totals the lines of a form of totals are ordered.</summary>
    public required IReadOnlyList<(int Column, bool Descending)> TotalSort { get; init; }

    /// <summary>Places of columns with a formula of totals, each after those that it reads.</summary>
    public required IReadOnlyList<int> TotalOrder { get; init; }
    public required WorkCalendar Calendar { get; init; }
    public required bool IsPersonal { get; init; }

    /// <summary>Slots of which nothing is known but whether something stands there (<see cref="TotalUse.Counted"/>).</summary>
    public IReadOnlyList<int> Marks { get; init; } = [];

    /// <summary>Nothing is kept from the reader.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Slot of whom a row is about, where lines of a few are written as one (<see cref="FewRecords"/>).</summary>
    public int? Record { get; init; }

    public bool HasTotals => Columns.Any(c => c.Total != TotalKind.None);

    /// <summary>Lines have to be held until all are there.</summary>
    public bool IsHeld => !Definition.OnlyTotals && (Groups.Count > 0 || Sort.Count > 0);
}
