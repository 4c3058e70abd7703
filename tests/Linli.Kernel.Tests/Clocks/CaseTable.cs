using System.Globalization;
using Linli.Kernel.Clocks;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>Reads cases.md: every row of every table, by the names of its columns.</summary>
internal static class CaseTable
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Clocks");

    public static IReadOnlyList<Dictionary<string, string>> Rows { get; } = [.. Read()];

    /// <summary>On the wall of the calendar, unless an offset stands with it ("2025-03-30T02:30+01:00").</summary>
    public static DateTimeOffset Time(string text, WorkCalendar calendar)
    {
        if (text.Contains('T', StringComparison.Ordinal))
        {
            return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        }

        var wall = DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new DateTimeOffset(wall, calendar.TimeZone.GetUtcOffset(wall));
    }

    public static IEnumerable<(string Left, string Right)> Pairs(string text, char between) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(between)).Select(p => (p[0].Trim(), p[1].Trim()));

    private static IEnumerable<Dictionary<string, string>> Read()
    {
        string[] head = [];
        foreach (var line in File.ReadLines(Path.Combine(Folder, "cases.md")))
        {
            if (!line.StartsWith('|'))
            {
                head = [];
                continue;
            }

            string[] cells = [.. line.Trim().Trim('|').Split('|').Select(c => c.Trim())];
            if (head.Length == 0)
            {
                head = cells;
            }
            else if (!cells[0].StartsWith('-'))
            {
                yield return head.Zip(cells).ToDictionary(p => p.First, p => p.Second);
            }
        }
    }
}
