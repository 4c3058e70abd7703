using Linli.Requests.Catalogue;
using Linli.Routing.Classifying;

namespace Linli.Requests.Suggestions;

/// <summary>A model learnt from the county's own history; its labels are codes of service types.</summary>
internal sealed record OwnModel(int Version, TextClassifier Classifier);

/// <summary>
/// Suggests service types for a text. Without a history: the catalogue's keywords, and how well each type fits the broad category that
/// the shipped classifier sees. With one: mostly what the county's own model says. The numbers were fitted on messages sorted by hand,
/// see docs/decisions/0021.
/// </summary>
/// <param name="catalogue">The types in use, with their keywords and sectors.</param>
/// <param name="sectors">The shipped classifier; null: keywords alone.</param>
/// <param name="own">The county's own model, if it has one.</param>
/// <param name="knownFrom">Below this probability nothing is claimed.</param>
internal sealed class TypeSuggester(CatalogueSnapshot catalogue, TextClassifier? sectors, OwnModel? own, double knownFrom)
{
    /// <summary>What a root of keyword weight is worth in the logarithm of the odds.</summary>
    private const double WorthOfKeywords = 0.7;

    /// <summary>A type without a sector is neither helped nor hurt.</summary>
    private const double WithoutSector = 0.25;

    /// <summary>The classifier never rules a type out altogether.</summary>
    private const double LeastSector = 0.05;

    /// <summary>The logarithm of the odds that it is none of the types whose keywords were found.</summary>
    private const double NoneOfThem = 2;

    /// <summary>The share that the county's own model has, when it has learnt from very many texts.</summary>
    private const double MostOwn = 0.85;

    /// <summary>With as many texts its own model has half of that share.</summary>
    private const double HalfAt = 300;

    /// <summary>Fewer Han characters say too little to a classifier that has read Chinese messages.</summary>
    private const int LeastHan = 4;

    private const int MostWords = 4;

    /// <summary>What the suggestions are made by.</summary>
    public string Model => own is not null ? $"own-{own.Version}" : sectors is not null ? "shipped" : "keywords";

    /// <summary>For a request: its title first, which says most.</summary>
    public TypeSuggestions Of(ServiceRequest request) => For(LabelledText.Join(request.Title, request.Text), Most);

    /// <summary>As many are shown.</summary>
    public const int Most = 3;

    public TypeSuggestions For(string? text, int most)
    {
        text ??= "";
        var matches = catalogue.Suggestions.For(text);
        var words = matches.ToDictionary(m => m.Type.Code, m => m.Words);
        var chances = Learned(text, Cold(text, matches));
        Suggestion[] best =
        [
            .. chances.Select(c => (Type: catalogue.Type(c.Key), Chance: c.Value)).Where(c => c.Type is { IsActive: true })
                .OrderByDescending(c => c.Chance).ThenBy(c => c.Type!.Code, StringComparer.Ordinal).Take(most)
                .Select(c => new Suggestion(c.Type!, Math.Round(c.Chance, 4), WordsFor(c.Type!.Code, text, words.GetValueOrDefault(c.Type.Code) ?? [])))
                .Where(s => s.Words.Count > 0),
        ];
        return new TypeSuggestions(best, best.Length > 0 && best[0].Confidence >= knownFrom, Model);
    }

    /// <summary>Keywords and sectors: p = softmax over the types that have a word in the text, and over "none of them".</summary>
    private Dictionary<string, double> Cold(string text, IReadOnlyList<KeywordMatch> matches)
    {
        var sectorOf = sectors is not null && text.Count(c => c is >= '\u4E00' and <= '\u9FFF') >= LeastHan ? sectors.Classify(text).ToDictionary(g => g.Label, g => g.Probability) : [];
        var odds = matches.ToDictionary(m => m.Type.Code, m => (WorthOfKeywords * Math.Sqrt(m.Score)) + (sectorOf.Count == 0 ? 0 : Math.Log(FitOf(m.Type, sectorOf) + LeastSector)));
        var top = odds.Values.Append(NoneOfThem).Max();
        var sum = odds.Values.Append(NoneOfThem).Sum(o => Math.Exp(o - top));
        return odds.ToDictionary(o => o.Key, o => Math.Exp(o.Value - top) / sum);
    }

    private double FitOf(ServiceType type, Dictionary<string, double> sectorOf) =>
        (type.Sectors ?? catalogue.Group(type.GroupCode)?.Sectors) is { Count: > 0 } own ? own.Sum(s => sectorOf.GetValueOrDefault(s)) : WithoutSector;

    /// <summary>The two opinions as one, the own model's counting the more, the more it has read and the surer it is.</summary>
    private Dictionary<string, double> Learned(string text, Dictionary<string, double> cold)
    {
        if (own?.Classifier.Classify(text) is not { Count: > 0 } learned)
        {
            return cold;
        }

        var share = MostOwn * learned[0].Probability * own.Classifier.Card.Texts / (own.Classifier.Card.Texts + HalfAt);
        var both = cold.ToDictionary(c => c.Key, c => (1 - share) * c.Value);
        foreach (var guess in learned)
        {
            both[guess.Label] = both.GetValueOrDefault(guess.Label) + (share * guess.Probability);
        }

        return both;
    }

    private IReadOnlyList<string> WordsFor(string code, string text, IReadOnlyList<string> keywords) => own is null || keywords.Count >= MostWords
        ? [.. keywords.Take(MostWords)]
        : [.. keywords.Concat(own.Classifier.WordsFor(code, text).Where(w => !keywords.Any(k => k.Contains(w, StringComparison.OrdinalIgnoreCase)))).Take(MostWords)];
}
