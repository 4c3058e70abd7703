using System.Globalization;
using System.Security.Cryptography;

namespace Linli.Requests.Report;

/// <summary>The number that people say on the telephone: local date and six random digits. Unique by index; says nothing about how many there are.</summary>
internal static class RequestNumber
{
    public static string Draw(DateTimeOffset at, SixDigits? digits = null) => string.Create(CultureInfo.InvariantCulture,
        $"{Shell.Text.LocalTime.Of(at):yyMMdd}-{(digits ?? AnySix)():000000}");

    public static int AnySix() => RandomNumberGenerator.GetInt32(1_000_000);
}

/// <summary>0 to 999 999, so that nobody can guess.</summary>
internal delegate int SixDigits();
