using Linli.Requests.Clocks;
using Linli.Requests.Suggestions;

namespace Linli.Requests.Catalogue;

/// <summary>The catalogue as the API gives it. Both languages, so that a client can keep it.</summary>
internal sealed record GroupAnswer(string Code, string NameZh, string NameEn, string? Icon, IReadOnlyList<TypeAnswer> Types)
{
    public static GroupAnswer Of(ServiceGroup group, CatalogueSnapshot catalogue) =>
        new(group.Code, group.NameZh, group.NameEn, group.Icon, [.. catalogue.Types.Where(t => t.GroupCode == group.Code).Select(TypeAnswer.Of)]);
}

internal sealed record TypeAnswer(
    string Code, string Group, string NameZh, string NameEn, string DescriptionZh, string DescriptionEn,
    Urgency Urgency, Visibility Visibility, bool Anonymous, bool ContactRequired, Handling Handling, bool HasFields)
{
    public static TypeAnswer Of(ServiceType type) => new(
        type.Code, type.GroupCode, type.NameZh, type.NameEn, type.DescriptionZh, type.DescriptionEn,
        type.Urgency, type.Visibility, type.AllowsAnonymous, type.IsContactRequired, type.Handling, type.Fields.Count > 0);
}

/// <param name="Clocks">Promised times, by clock.</param>
/// <param name="IsActive">False: old requests are of it, new ones cannot be.</param>
internal sealed record TypeDetail(
    TypeAnswer Type, IReadOnlyList<string> Keywords, IReadOnlyList<string> KeywordsEn, bool EvidenceOnResolve,
    IReadOnlyDictionary<string, ClockAnswer> Clocks, IReadOnlyList<FormField> Fields, string? Source, bool IsActive)
{
    private static readonly ClockKind[] Promised = [ClockKind.Dispatch, ClockKind.Sign, ClockKind.Contact, ClockKind.Resolve, ClockKind.Verify, ClockKind.Rectify];

    public static TypeDetail Of(ServiceType type) => new(
        TypeAnswer.Of(type), type.Keywords, type.KeywordsEn, type.Evidence == EvidenceRule.OnResolve,
        Promised.ToDictionary(k => char.ToLowerInvariant(k.ToString()[0]) + k.ToString()[1..], k => ClockAnswer.Of(type, k)),
        type.Fields, type.Source, type.IsActive);
}

/// <param name="Budget">Canonical: "5 working days".</param>
internal sealed record ClockAnswer(string Budget, string Zh, string En)
{
    public static ClockAnswer Of(ServiceType type, ClockKind kind)
    {
        var budget = type.BudgetOf(kind);
        return new ClockAnswer(budget.ToString(), budget.Words.Zh, budget.Words.En);
    }
}

/// <param name="Confidence">How likely it is the right one, 0 to 1.</param>
/// <param name="Words">The words of the text that spoke for it.</param>
public sealed record SuggestionAnswer(string Code, string Group, string NameZh, string NameEn, double Confidence, IReadOnlyList<string> Words)
{
    public static SuggestionAnswer Of(Suggestion suggestion) =>
        new(suggestion.Type.Code, suggestion.Type.GroupCode, suggestion.Type.NameZh, suggestion.Type.NameEn, suggestion.Confidence, suggestion.Words);
}

/// <param name="IsKnown">False: Linli does not claim to know; what is in the list are hints at the most.</param>
/// <param name="Model">What they were made by: own-N (the county's own history), shipped, or keywords.</param>
/// <param name="Types">The likeliest first.</param>
public sealed record SuggestionsAnswer(bool IsKnown, string Model, IReadOnlyList<SuggestionAnswer> Types)
{
    public static SuggestionsAnswer Of(TypeSuggestions suggested) => new(suggested.IsKnown, suggested.Model, [.. suggested.Types.Select(SuggestionAnswer.Of)]);
}

/// <param name="Kind">decline, return, pause, reopen, result, withdraw or extend.</param>
/// <param name="InsteadZh">Of decline: where to go instead.</param>
/// <param name="MaxDays">Of pause: natural days at the most.</param>
/// <param name="NeedsApproval">Of pause: a supervisor has to agree first.</param>
/// <param name="IsSolved">Of result: counts as solved.</param>
internal sealed record ReasonAnswer(string Kind, string Code, string NameZh, string NameEn, string? InsteadZh, string? InsteadEn, int? MaxDays, int? MaxTimes, bool? NeedsApproval, bool? IsSolved)
{
    public static ReasonAnswer Of(ReasonCode reason) => new(
        reason.Kind, reason.Code, reason.NameZh, reason.NameEn, reason.InsteadZh, reason.InsteadEn,
        reason.Kind is "pause" or "extend" ? reason.MostDays : null, reason.Kind is "ask" or "pause" or "extend" ? reason.MostTimes : null,
        reason.Kind switch { "pause" => reason.NeedsApproval, "extend" => true, _ => null }, reason.Kind == "result" ? reason.IsSolved : null);
}
