namespace Linli.Attacks.Injection;

/// <summary>What makes others stumble.</summary>
internal static class Strange
{
    /// <summary>What a template engine makes of the product that <see cref="Words"/> ask it for.</summary>
    public const string Computed = "109876463";

    /// <summary>Each breaks another grammar where it is not taken as words.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "x' OR '1'='1' --;\") union select 1;drop table shell_account;--",           // SQL
        "\"a\" NEAR(b, 2) AND -c:d* ^( OR",                                         // full-text operators of SQLite
        "a & !b | (c <-> d:*) \\ '",                                                // and of PostgreSQL
        "$.a[*] ? (@.b like_regex \"^x\") {\"$ne\":1} %_\\%[^(*+?{",                // paths and wildcards
        "..\\..%2f..%5c../../../../etc/passwd%00.jpg",                              // files
        "x\r\nSet-Cookie: evil=1\r\nX-Evil: 1\r\n\r\n<linli-evil>",                 // headers and lines
        "@(1234567*89)${1234567*89}#{1234567*89}{{1234567*89}}<%=1234567*89%>{0}{1:d}", // templates
        "*)(uid=*))(|(uid=*; sleep 9 | `id` $(reboot) && x",                        // directories and commands
        "\u202e\u2028\ufeff\u0001\ufdfa＜linli-evil＞＇ OR １=１ e\u0301\U000E0041", // what looks otherwise than it is
        "a\ufffe\uffff\ufdd0z",                                                     // code points that are no characters
        Marked.Evil,
        "\0",
        new('龘', 5_000),
    ];

    /// <summary>Of the right kind nearly everywhere, and wrong.</summary>
    public static IReadOnlyList<string> Values { get; } =
    [
        "-1", "0", "2147483648", "-9223372036854775808", "99999999999999999999", "1e999", "NaN", "0001-01-01", "9999-12-31T23:59:59Z", "2026-02-30", "true", "null", "[]", "{\"a\":[1]}", "00000000-0000-0000-0000-000000000000", "", " ",
    ];

    public static IReadOnlyList<string> All { get; } = [.. Words, .. Values];

    /// <summary>As raw JSON: no scalar, no end, too many, not even text.</summary>
    public static IReadOnlyList<string> Json { get; } =
    [
        "-1", "1e300", "99999999999999999999", "true", "null", "[]", "{}", "[[\"x\"]]", "{\"$ne\":\"x\"}", "\"\\ud83d\"", "\"\\u0000\"", $"[{string.Join(',', Enumerable.Range(0, 300))}]", Deep,
    ];

    /// <summary>Bodies that are none.</summary>
    public static IReadOnlyList<string> Bodies { get; } = ["", "null", "[]", "{}", "0", "\"x\"", "{\"a\":", "{\"version\":1,\"version\":2}", Deep, "{\"__proto__\":{\"x\":1}}", "\u0000"];

    private static string Deep => new string('[', 1_000) + new string(']', 1_000);
}
