using System.Globalization;
using System.Text;
using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;

namespace Linli.Requests.Steps;

/// <summary>What every step's input carries.</summary>
public interface IStepInput
{
    /// <summary>The version of the request that the caller looked at; guards against acting on a stale page.</summary>
    int? Version { get; }
}

/// <summary>A step as a use case: one file with its input, its own rule and its effect.</summary>
internal interface IStepUseCase<in TInput> where TInput : IStepInput
{
    /// <summary>The steps of the life that it takes.</summary>
    static abstract IReadOnlyList<Step> Steps { get; }

    /// <summary>The noun in its address: /api/requests/{number}/{noun}.</summary>
    static abstract string Noun { get; }

    Task<Outcome<StepTaken>> RunAsync(string number, TInput input, Caller caller, CancellationToken cancellation);
}

/// <summary>Checks that many inputs share. Each returns the problem, or null.</summary>
internal static class Check
{
    public const int LongText = 4_000;
    private const int LeastReason = 2;

    public static Failure? Text(string field, string? value, bool isRequired, int max = LongText) =>
        isRequired && IsBlank(value) ? new Failure.Invalid(field, "请填写这一项。")
        : value?.Length > max ? new Failure.Invalid(field, "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", max, value.Length)
        : null;

    /// <summary>Why somebody does something that others will ask about: a dot is no reason.</summary>
    public static Failure? Reason(string field, string? value, bool isRequired, int max) =>
        Text(field, value, isRequired, max)
        ?? (IsBlank(value) || value!.EnumerateRunes().Count(Rune.IsLetterOrDigit) >= LeastReason ? null : new Failure.Invalid(field, "请写清楚为什么，至少 {0} 个字。", LeastReason));

    /// <summary>Nothing that a reader could see: also not when it is made of zero-width or control characters.</summary>
    public static bool IsBlank(string? value) => value is null || value.EnumerateRunes().All(r =>
        Rune.IsWhiteSpace(r) || r == Rune.ReplacementChar || Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark);

    /// <summary>What somebody sent, short enough for a message about it.</summary>
    public static string Short(string value, int most = 40) => value.Length <= most ? value : Whole(value, most) + "…";

    /// <summary>The first characters, without cutting one in two.</summary>
    public static string Whole(string value, int most) =>
        value.Length <= most ? value : value[..(char.IsHighSurrogate(value[most - 1]) ? most - 1 : most)];

    /// <summary>Trimmed, with line ends as one character and without control characters that no reader can see; null when nothing is left.</summary>
    public static string? Clean(string? value)
    {
        if (IsBlank(value))
        {
            return null;
        }

        var lines = value!.ReplaceLineEndings("\n").Trim();
        return lines.Any(c => char.IsControl(c) && c != '\n' && c != '\t') || HasLoneSurrogate(lines)
            ? string.Concat(lines.EnumerateRunes().Where(r => !(Rune.IsControl(r) && r.Value is not ('\n' or '\t')) && r.Value != 0xFFFD))
            : lines;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
