using System.Globalization;
using System.Text;
using Linli.Kernel;
using Linli.Requests.Steps;

namespace Linli.Requests.Search;

/// <summary>Folds text for searching: compatibility forms and case do not matter, spaces count once. The same fold for what is stored and what is asked.</summary>
internal static class SearchText
{
    public const int Most = 10_000;

    public static string Of(params string?[] parts) => Fold(string.Join(' ', parts.Where(p => p is not null)));

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Compatible())
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                {
                    folded.Append(' ');
                }
            }
            else
            {
                folded.Append(char.ToLower(c, CultureInfo.InvariantCulture));
            }
        }

        return Check.Whole(folded.ToString(), Most);
    }
}
