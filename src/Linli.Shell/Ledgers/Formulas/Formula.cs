using Linli.Kernel;
using Linli.Kernel.Clocks;

namespace Linli.Shell.Ledgers.Formulas;

/// <summary>What a value is while formulas reckon with it.</summary>
public enum ValueKind
{
    /// <summary>Empty, whatever else it could be: fits everywhere.</summary>
    Nothing,
    Text,

    /// <summary><see cref="decimal"/>.</summary>
    Number,

    /// <summary><see cref="DateOnly"/>.</summary>
    Date,

    /// <summary><see cref="DateTime"/>, by the clock on the county's wall.</summary>
    Time,
    YesNo,
}

/// <summary>What one line is reckoned with.</summary>
/// <param name="Values">Of the line, by slot; null is empty.</param>
/// <param name="Now">The moment of the run, for <c>now()</c> and <c>today()</c>.</param>
/// <param name="Calendar">For working hours and working days.</param>
internal sealed record FormulaScope(object?[] Values, DateTimeOffset Now, WorkCalendar Calendar)
{
    /// <summary>Where the columns of the formula stand, in the order in which it names them.</summary>
    public int[] Slots { get; init; } = [];
}

/// <summary>A value that formulas can name.</summary>
/// <param name="Slot">Where it stands in <see cref="FormulaScope.Values"/>.</param>
internal readonly record struct FormulaName(int Slot, ValueKind Kind);

/// <summary>
/// A calculated column, compiled. A small language: numbers, "texts", [columns], + - * / and &amp;, comparisons, and functions. It reaches nothing but the
/// values of its line; empty values make empty results, and what cannot be reckoned (a division by nought) is empty as well.
/// </summary>
internal sealed class Formula
{
    public const int Longest = 1_000;

    private readonly Func<FormulaScope, object?> _value;
    private readonly int[] _slots;

    private Formula(ValueKind kind, Func<FormulaScope, object?> value, int[] slots) => (Kind, _value, _slots) = (kind, value, slots);

    public ValueKind Kind { get; }

    /// <param name="text">As it was typed.</param>
    /// <param name="name">What a name between brackets stands for; null where there is no such column.</param>
    /// <returns>The formula, or what is wrong with it and at which character, counted from 1.</returns>
    public static Outcome<Formula> Parse(string text, Func<string, FormulaName?> name)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Longest)
        {
            return Wrong(Longest, new Saying("算式太长，最多 {0} 个字。", Longest));
        }

        var parser = new FormulaParser(text, name);
        var node = parser.Parse();
        return parser.Problem is { } problem ? Wrong(problem.Position, problem.What) : new Formula(node.Kind, node.Value, [.. parser.Slots]);
    }

    /// <summary>The same, with its values in other slots.</summary>
    public Formula Moved(Func<int, int> to) => new(Kind, _value, [.. _slots.Select(to)]);

    public object? Of(FormulaScope scope)
    {
        try
        {
            return _value(scope with { Slots = _slots });
        }
        catch (Exception e) when (e is OverflowException or DivideByZeroException or ArgumentOutOfRangeException)
        {
            return null;   // beyond what can be reckoned
        }
    }

    private static Failure.Invalid Wrong(int position, Saying what) => new("formula", "第 {0} 个字：{1}", position, what);
}

/// <summary>One compiled piece.</summary>
internal sealed record FormulaNode(ValueKind Kind, Func<FormulaScope, object?> Value);

/// <param name="Position">Counted from 1.</param>
internal sealed record FormulaProblem(int Position, Saying What);
