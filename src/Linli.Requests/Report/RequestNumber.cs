using System.Globalization;
using System.Security.Cryptography;

namespace Linli.Requests.Report;

/// <summary>The number that people say on the telephone: local date and six random digits. Unique by index; says nothing about how many there are.</summary>
internal static class RequestNumber
{
    public static string Draw(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture,
        $"{Shell.Text.LocalTime.Of(at):yyMMdd}-{RandomNumberGenerator.GetInt32(1_000_000):000000}");
}
