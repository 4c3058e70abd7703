using System.Globalization;

namespace Linli.Kernel.People;

/// <summary>Identity numbers of persons (GB 11643): 17 digits and a check character (ISO 7064 MOD 11-2), with a date of birth that exists.</summary>
public static class IdNumber
{
    private const string Checks = "10X98765432";

    /// <summary>As it is written officially: half-width, without spaces, capital X; null when it cannot be one.</summary>
    public static string? Normal(string? written, DateOnly today)
    {
        var text = string.Concat((written ?? "").Compatible().Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
        if (text.Length != 18 || !text[..17].All(char.IsAsciiDigit) || text[0] == '0'
            || !DateOnly.TryParseExact(text.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) || born > today || born.Year < 1880)
        {
            return null;
        }

        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += (text[i] - '0') * ((1 << (17 - i)) % 11);
        }

        return text[17] == Checks[sum % 11] ? text : null;
    }
}
