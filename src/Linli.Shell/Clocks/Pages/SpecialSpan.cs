using Linli.Kernel.Clocks;

namespace Linli.Shell.Clocks.Pages;

/// <summary>Special days that follow each other and are alike: one line of the list.</summary>
/// <param name="Hours">Open hours where they are not what the kind says by itself.</param>
internal sealed record SpecialSpan(DateOnly From, DateOnly Until, DayKind Kind, string NameZh, string? NameEn, string? Notice, string Hours, bool IsOwn)
{
    public static IReadOnlyList<SpecialSpan> Of(InstalledCalendars calendars, string code, int year)
    {
        List<SpecialSpan> spans = [];
        foreach (var day in CalendarYearAnswer.Of(calendars, code, year).Days)
        {
            var one = new SpecialSpan(day.Date, day.Date, day.Kind, day.NameZh, day.NameEn, day.Notice, day.Hours.Count == 0 ? "" : string.Join(", ", day.Hours), day.IsOwn);
            if (spans.Count > 0 && spans[^1] with { From = day.Date, Until = day.Date } == one && spans[^1].Until.AddDays(1) == day.Date)
            {
                spans[^1] = spans[^1] with { Until = day.Date };
            }
            else
            {
                spans.Add(one);
            }
        }

        return spans;
    }
}
