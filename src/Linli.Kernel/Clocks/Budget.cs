namespace Linli.Kernel.Clocks;

/// <summary>What a time budget is counted in. Minutes, hours and natural days run day and night; the others only through open hours.</summary>
public enum BudgetUnit
{
    Minutes,
    Hours,
    WorkingHours,
    WorkingDays,
    NaturalDays,
}

/// <summary>
/// How two working days are counted. It changes nothing for the other units.
/// <see cref="Minute"/>: N working days are N times the calendar's standard day of open time, counted to the minute.
/// <see cref="NextDay"/>: counting begins on the first working day after the date of the start; due at closing time of the N-th.
/// </summary>
public enum DayRule
{
    Minute,
    NextDay,
}

/// <summary>
/// An amount of time somebody has: "3 working days", "24 hours". The text is the form in which it is stored and exchanged,
/// and round-trips. Make one from input with <see cref="Create"/> or <see cref="Parse"/>; the constructor throws on amounts that these refuse.
/// </summary>
public readonly record struct Budget
{
    public Budget(int amount, BudgetUnit unit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, MaximumOf(unit));
        (Amount, Unit) = (amount, unit);
    }

    public int Amount { get; }
    public BudgetUnit Unit { get; }

    /// <summary>Runs through open hours only.</summary>
    public bool IsWorkingTime => Unit is BudgetUnit.WorkingHours or BudgetUnit.WorkingDays;

    /// <summary>3 个工作日; 3 working days.</summary>
    public Wording Words => new(BudgetText.Chinese(Unit, Amount), ToString());

    /// <summary>About forty years of anything: above it a budget is a slip of the pen.</summary>
    public static int MaximumOf(BudgetUnit unit) => unit switch
    {
        BudgetUnit.Minutes => 20_000_000,
        BudgetUnit.Hours => 350_000,
        BudgetUnit.WorkingHours => 80_000,
        BudgetUnit.WorkingDays => 10_000,
        BudgetUnit.NaturalDays => 15_000,
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };

    public static Outcome<Budget> Create(int amount, BudgetUnit unit, string field = "budget")
    {
        if (!Enum.IsDefined(unit))
        {
            return new Failure.Invalid(field, "时限单位“{0}”不认识。", unit);
        }

        if (amount <= 0)
        {
            return new Failure.Invalid(field, "时限必须大于零，收到的是 {0}。", amount);
        }

        return amount <= MaximumOf(unit)
            ? new Budget(amount, unit)
            : new Failure.Invalid(field, "时限 {0} 太大，这个单位最多 {1}。", amount, MaximumOf(unit));
    }

    /// <summary>Reads "3 working days", "24 hours", "15 natural days", "90 minutes", "4 working hours" and their Chinese forms (3 个工作日).</summary>
    public static Outcome<Budget> Parse(string? text, string field = "budget") => BudgetText.Parse(text, field);

    public static bool TryParse(string? text, out Budget budget)
    {
        var outcome = Parse(text);
        budget = outcome.Succeeded ? outcome.Value : default;
        return outcome.Succeeded;
    }

    /// <summary>The canonical text: "1 working day", "24 hours".</summary>
    public override string ToString() => BudgetText.English(Unit, Amount);
}
