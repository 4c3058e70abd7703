using System.Diagnostics;
using Linli.Kernel.Clocks;

namespace Linli.Bench;

/// <summary>How fast due times are reckoned. The reference walks the calendar day by day, as a plain program would.</summary>
internal static class ClocksBench
{
    private const int Starts = 4096;

    public static bool Run()
    {
        var calendar = WorkCalendars.Shipped().Get("huguan").Value;
        var starts = RandomStarts();
        var walk = Measure.PerSecond(20_000, n => WalkDays(calendar, starts[n % Starts], 10).UtcTicks);
        var ten = AddingOf(10, DayRule.Minute);
        var nextDay = AddingOf(10, DayRule.NextDay);
        var (two, many) = (AddingOf(2, DayRule.Minute), AddingOf(2_000, DayRule.Minute));
        var between = Measure.PerSecond(5_000_000, n => calendar.OpenBetween(starts[n % Starts], starts[(n + 1) % Starts]).Ticks);
        var build = Stopwatch.StartNew();
        var built = WorkCalendar.Create(calendar.Definition);
        build.Stop();

        Console.WriteLine($"clocks, calendar {built.Value.Code}, one core");
        Console.WriteLine($"  walking 10 working days day by day  {walk.Rate / 1e6,8:F2} million/s  1.0 x (reference)");
        Console.WriteLine($"  adding 10 working days, minute      {ten.Rate / 1e6,8:F2} million/s  {ten.Rate / walk.Rate:F0} x, {ten.Bytes} bytes allocated a call");
        Console.WriteLine($"  adding 10 working days, next-day    {nextDay.Rate / 1e6,8:F2} million/s  {nextDay.Rate / walk.Rate:F0} x, {nextDay.Bytes} bytes allocated a call");
        Console.WriteLine($"  open time between two instants      {between.Rate / 1e6,8:F2} million/s  {between.Rate / walk.Rate:F0} x, {between.Bytes} bytes allocated a call");
        Console.WriteLine($"  adding 2 000 working days against 2 {two.Rate / many.Rate,8:F2} x the cost");
        Console.WriteLine($"  building the calendar, 1880-2260    {build.Elapsed.TotalMilliseconds,8:F1} ms");

        return Measure.Target("at least 5 million a second", ten.Rate >= 5e6)
            & Measure.Target("without allocation", ten.Bytes == 0 && nextDay.Bytes == 0)
            & Measure.Target("2 000 days cost at most twice 2 days", two.Rate / many.Rate <= 2);

        (double Rate, double Bytes) AddingOf(int days, DayRule rule)
        {
            var budget = new Budget(days, BudgetUnit.WorkingDays);
            return Measure.PerSecond(5_000_000, n => calendar.Add(starts[n % Starts], budget, rule).UtcTicks);
        }
    }

    /// <summary>Over the years with data, at any minute of day or night.</summary>
    private static DateTimeOffset[] RandomStarts()
    {
        var random = new Random(5311);
        var first = new DateTimeOffset(2007, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));
        return [.. Enumerable.Range(0, Starts).Select(_ => first.AddMinutes(random.Next(18 * 365 * 1440)))];
    }

    private static DateTimeOffset WalkDays(WorkCalendar calendar, DateTimeOffset start, int days)
    {
        var left = days * calendar.StandardDay;
        var local = start.DateTime;
        for (var date = DateOnly.FromDateTime(local); ; date = date.AddDays(1))
        {
            foreach (var hours in calendar.On(date).Hours)
            {
                var (opens, closes) = (date.ToDateTime(default).AddMinutes(hours.From), date.ToDateTime(default).AddMinutes(hours.To));
                opens = opens < local ? local : opens;
                if (closes - opens >= left)
                {
                    return new DateTimeOffset(opens + left, start.Offset);
                }

                left -= closes > opens ? closes - opens : TimeSpan.Zero;
            }
        }
    }
}
