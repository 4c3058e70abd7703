using Linli.Requests.Catalogue;

namespace Linli.Requests.Suggestions;

/// <summary>A type that a text seems to be about.</summary>
/// <param name="Confidence">How likely it is the right one, 0 to 1: of all suggestions given with 0.8, about four in five should be right.</param>
/// <param name="Words">The words that spoke for it, the strongest first.</param>
public sealed record Suggestion(ServiceType Type, double Confidence, IReadOnlyList<string> Words);

/// <summary>What a text seems to be about.</summary>
/// <param name="Types">The likeliest first; empty when nothing speaks for any.</param>
/// <param name="IsKnown">False: Linli does not claim to know, the types are hints at the most.</param>
/// <param name="Model">What they were made by: <c>own-3</c>, <c>shipped</c> or <c>keywords</c>.</param>
public sealed record TypeSuggestions(IReadOnlyList<Suggestion> Types, bool IsKnown, string Model)
{
    /// <summary>The one that it would be, where Linli claims to know.</summary>
    public Suggestion? Best => IsKnown ? Types[0] : null;
}
