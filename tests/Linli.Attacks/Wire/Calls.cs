namespace Linli.Attacks.Wire;

internal static class Calls
{
    public const string Post = "POST /report HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n";

    /// <summary>Stands behind something else and must not be answered.</summary>
    public const string Hidden = "GET /health/live?hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /// <summary>One refusal at most, and nothing for what was hidden behind it.</summary>
    public static void IsRefused(this string answer, params string[] statuses)
    {
        var answers = answer.Split("HTTP/1.1 ").Skip(1).Select(a => a[..3]).ToList();
        Assert.True(answers.Count <= 1 && answers.All(statuses.Contains) && (answers.Count == 1 || statuses.Contains("")), $"{string.Join(", ", answers)}: {answer}");
    }
}
