using Linli.Kernel.Privacy;

namespace Linli.Shell.Sms;

/// <summary>Numbers that text messages reach.</summary>
public static class Mobile
{
    private const int MaxTyped = 30;

    /// <returns>Eleven digits; null when it is no mobile number of the mainland.</returns>
    public static string? Of(string? typed) =>
        typed is { Length: <= MaxTyped } && BlindIndex.NormalPhone(typed) is { Length: 11 } phone && phone[0] == '1' && phone[1] >= '3' ? phone : null;
}
