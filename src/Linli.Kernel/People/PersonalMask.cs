using System.Globalization;

namespace Linli.Kernel.People;

/// <summary>How personal data looks to whoever may not read it: enough to recognise what one knows already, too little to find anybody.</summary>
public static class PersonalMask
{
    private const string Hidden = "***";

    /// <summary>张三 → 张*, Zhang San → Z*.</summary>
    public static string? Name(string? name) => string.IsNullOrEmpty(name) ? null : StringInfo.GetNextTextElement(name) + "*";

    /// <summary>13812345678 → 138****5678; of a short number the last two characters.</summary>
    public static string? Phone(string? phone) => phone is null or "" ? null : phone.Length >= 11 ? $"{phone[..3]}****{phone[^4..]}" : phone.Length > 4 ? $"****{phone[^2..]}" : "****";

    /// <summary>li.ming@example.com → l***@example.com.</summary>
    public static string? Email(string? email) =>
        string.IsNullOrEmpty(email) ? null : email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? $"{StringInfo.GetNextTextElement(email)}{Hidden}{email[at..]}" : Hidden;

    /// <summary>Of an address or free text nothing is shown: its beginning may say all.</summary>
    public static string? Whole(string? text) => string.IsNullOrEmpty(text) ? null : Hidden;
}
