using System.Globalization;
using System.Security.Cryptography;
using Linli.Kernel;

namespace Linli.Requests.Report;

/// <summary>The number that people say on the telephone: local date and six random digits. Unique by index; says nothing about how many there are.</summary>
internal static class RequestNumber
{
    public static string Draw(DateTimeOffset at, SixDigits? digits = null) => string.Create(CultureInfo.InvariantCulture,
        $"{Shell.Text.LocalTime.Of(at):yyMMdd}-{(digits ?? AnySix)():000000}");

    /// <summary>As people write it: full-width digits, other dashes, spaces or none at all; anything else is returned as it is.</summary>
    public static string Fold(string written)
    {
        var folded = written.Compatible();
        var digits = string.Concat(folded.Where(char.IsAsciiDigit));
        return digits.Length == 12 && folded.All(c => char.IsAsciiDigit(c) || char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation || c == '\u2212')
            ? $"{digits[..6]}-{digits[6..]}"
            : written.Trim();
    }

    public static bool IsOne(string written) => Fold(written) is [_, _, _, _, _, _, '-', ..] and { Length: 13 };

    public static int AnySix() => RandomNumberGenerator.GetInt32(1_000_000);
}

/// <summary>0 to 999 999, so that nobody can guess.</summary>
internal delegate int SixDigits();
