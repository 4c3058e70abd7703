using Linli.Routing.Classifying;

namespace Linli.Requests.Suggestions;

/// <summary>How good suggestions are on requests that their model had not seen. Shares from 0 to 1.</summary>
/// <param name="First">The first one is right.</param>
/// <param name="AmongThree">The right one is among the first three.</param>
/// <param name="Claimed">Linli claims to know …</param>
/// <param name="ClaimedRight">… and is right then.</param>
public sealed record SuggesterScore(double First, double AmongThree, double Claimed, double ClaimedRight)
{
    internal static SuggesterScore Of(TypeSuggester suggester, IReadOnlyList<LabelledText> texts)
    {
        var answers = texts.AsParallel().AsOrdered().Select(t => (t.Label, Suggested: suggester.For(t.Text, TypeSuggester.Most))).ToList();
        var claimed = answers.Where(a => a.Suggested.IsKnown).ToList();
        return new SuggesterScore(
            Share(answers.Count(a => a.Suggested.Types is [var first, ..] && first.Type.Code == a.Label), answers.Count),
            Share(answers.Count(a => a.Suggested.Types.Any(t => t.Type.Code == a.Label)), answers.Count),
            Share(claimed.Count, answers.Count), Share(claimed.Count(a => a.Suggested.Types[0].Type.Code == a.Label), claimed.Count));
    }

    private static double Share(int part, int of) => of == 0 ? 0 : Math.Round(part / (double)of, 4);
}

/// <summary>A new model beside what is in use, on the same requests of the last part of the period.</summary>
/// <param name="Learned">Requests that the compared model learnt from; the one that is kept learns from the held-out ones too.</param>
/// <param name="HeldOut">Requests that neither had seen, the last ones in time.</param>
/// <param name="InUseName">own-3, or shipped where the county had no model of its own.</param>
public sealed record ModelComparison(int Learned, int HeldOut, string InUseName, SuggesterScore InUse, SuggesterScore New)
{
    public bool IsBetter => New.First > InUse.First;
}
