using Linli.Requests.Report;
using Linli.Requests.Steps;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Search;

/// <summary>Search in words, two-character Chinese ones too: every word must be somewhere in the folded text or be the number.</summary>
internal static class WordSearch
{
    public const int MostWords = 6;

    public static IQueryable<ServiceRequest> Matching(this IQueryable<ServiceRequest> requests, string? words)
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            return requests;
        }

        if (RequestNumber.IsOne(words))
        {
            var number = RequestNumber.Fold(words);
            return requests.Where(r => r.Number == number);
        }

        foreach (var word in SearchText.Fold(Check.Whole(words, 200)).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords))
        {
            var pattern = $"%{word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
            requests = requests.Where(r => EF.Functions.Like(r.SearchText, pattern, @"\") || r.Number.StartsWith(word));
        }

        return requests;
    }
}
