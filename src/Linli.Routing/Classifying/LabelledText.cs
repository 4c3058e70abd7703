namespace Linli.Routing.Classifying;

/// <summary>A message that somebody has sorted.</summary>
/// <param name="Label">What it was sorted into.</param>
/// <param name="Text">Title first; what stands in front counts most.</param>
/// <param name="Words">The same text cut into words, where the source has it so: from these the trainer learns where words end.</param>
public sealed record LabelledText(string Label, string Text, IReadOnlyList<string>? Words = null)
{
    /// <summary>Title and detail as one text; a title that the detail begins with is not said twice.</summary>
    public static string Join(string? title, string? detail) =>
        string.IsNullOrWhiteSpace(title) || (detail ?? "").StartsWith(title, StringComparison.Ordinal) ? detail ?? "" : $"{title}\n{detail}";

    public static LabelledText OfWords(string label, IReadOnlyList<string> words) => new(label, string.Concat(words), words);
}
