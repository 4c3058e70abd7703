using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Linli.Kernel.Clocks;

/// <summary>A short fingerprint of everything in a calendar that arithmetic depends on; names and notices are left out.</summary>
internal static class CalendarMark
{
    public static string Of(WorkCalendarDefinition definition)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{definition.TimeZone} {definition.StandardDayMinutes} {definition.KeepsHolidays}");
        foreach (var hours in definition.Hours)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{hours.From}/{hours.To} {hours.Since:yyyyMMdd}/{hours.Until:yyyyMMdd}");
            foreach (var day in hours.Days.OrderBy(d => d.Key))
            {
                text.Append(CultureInfo.InvariantCulture, $" {(int)day.Key}:{string.Join(',', day.Value.OrderBy(h => h.From))}");
            }
        }

        foreach (var year in definition.Years.OrderBy(y => y.Year))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{year.Year}");
        }

        // The last entry of a date holds.
        foreach (var day in definition.Years.SelectMany(y => y.Days).Concat(definition.Exceptions).GroupBy(d => d.Date).OrderBy(g => g.Key).Select(g => g.Last()))
        {
            var hours = day.Hours is null ? day.Kind == DayKind.MakeUp ? "usual" : "" : string.Join(',', day.Hours.OrderBy(h => h.From));
            text.Append(CultureInfo.InvariantCulture, $"\n{day.Date:yyyyMMdd} {hours}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
