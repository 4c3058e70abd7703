namespace Linli.Kernel.Clocks;

/// <summary>What one line of an explanation is about.</summary>
public enum LineKind
{
    Start,
    Rule,
    Counted,
    NotCounted,
    Paused,
    Extension,
    Caution,
    Due,
}

/// <summary>
/// One line of the sum. <paramref name="From"/>–<paramref name="To"/> is the time it is about, <paramref name="Counted"/> how much of it counts
/// (working days under the rule "next-day" have none), <paramref name="Notice"/> where a holiday or make-up day is ordered.
/// </summary>
public sealed record ExplanationLine(
    LineKind Kind,
    string Zh,
    string En,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    TimeSpan? Counted = null,
    string? Notice = null);

/// <summary>Why a clock is due when it is, so that anybody can check the sum with a paper calendar.</summary>
/// <param name="Due">Null while the clock stands still.</param>
/// <param name="YearsWithoutData">Years that the sum touches and whose holidays are not known: the due time may still move.</param>
public sealed record Explanation(DateTimeOffset? Due, IReadOnlyList<ExplanationLine> Lines, IReadOnlyList<int> YearsWithoutData);
