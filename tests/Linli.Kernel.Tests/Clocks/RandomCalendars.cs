using FsCheck;
using FsCheck.Fluent;
using Linli.Kernel.Clocks;

namespace Linli.Kernel.Tests.Clocks;

/// <summary>What a property is tried on: some calendar, some start, some budgets in working time.</summary>
internal sealed record Situation(WorkCalendar Calendar, DateTimeOffset Start, Budget A, Budget B)
{
    public override string ToString() => $"{Calendar.Code} ({Calendar.TimeZone.Id}), {Start:O}, {A}, {B}";
}

/// <summary>
/// Calendars of every kind: odd hours to the minute, half-hour daylight saving (Lord Howe), clocks that go back over midnight (São Paulo),
/// a date that never was (Apia, 2011-12-30), seasons, exceptions. Made from fixed seeds, so that a failure can be had again.
/// </summary>
internal static class RandomCalendars
{
    private static readonly string[] Zones =
    [
        "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca",
        "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Etc/UTC",
    ];

    public static IReadOnlyList<WorkCalendar> Pool { get; } =
        [.. Enumerable.Range(1, 40).Select(seed => WorkCalendar.Create(Write(seed)).Value), .. Clock.All.Codes.Select(Clock.Calendar)];

    public static Arbitrary<Situation> Situations { get; } = (
        from calendar in Gen.Elements<WorkCalendar>([.. Pool])
        from start in Starts
        from a in Budgets
        from b in Budgets
        select new Situation(calendar, start, a, b)).ToArbitrary();

    /// <summary>Any instant of 1985–2055, often to the minute, sometimes finer.</summary>
    public static Gen<DateTimeOffset> Starts { get; } =
        from minute in Gen.Choose(0, 70 * 365 * 1440)
        from ticks in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, 599_999_999)))
        select new DateTimeOffset(1985, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute).AddTicks(ticks);

    private static Gen<Budget> Budgets { get; } =
        from amount in Gen.Frequency((3, Gen.Choose(1, 15)), (1, Gen.Choose(16, 60)))
        from unit in Gen.Elements(BudgetUnit.WorkingHours, BudgetUnit.WorkingDays)
        select new Budget(amount, unit);

    public static TimeSpan Length(this WorkCalendar calendar, Budget budget) =>
        budget.Unit == BudgetUnit.WorkingDays ? budget.Amount * calendar.StandardDay : TimeSpan.FromHours(budget.Amount);

    /// <summary>Tries a property; failures name the case. More cases with LINLI_TEST_CASES=10000.</summary>
    public static void Check<T>(this Arbitrary<T> cases, Action<T> property)
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("LINLI_TEST_CASES"), out var asked) ? asked : 400;
        Prop.ForAll(cases, property).Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true));
    }

    private static WorkCalendarDefinition Write(int seed)
    {
        var random = new Random(seed);
        var seasonal = random.Next(2) == 0;
        return new WorkCalendarDefinition
        {
            Code = $"random-{seed}",
            NameZh = $"随机 {seed}",
            NameEn = $"Random {seed}",
            TimeZone = Zones[seed % Zones.Length],
            StandardDayMinutes = random.Next(1, 1441),
            Hours = seasonal ? [Week(random), Week(random) with { From = "10-15", To = "03-20" }] : [Week(random)],
            Exceptions = [.. Enumerable.Range(0, 3000).Select(_ => Exception(random)).DistinctBy(e => e.Date)],
            KeepsHolidays = false,
        };
    }

    private static DayException Exception(Random random)
    {
        var date = new DateOnly(1985, 1, 1).AddDays(random.Next(70 * 365));
        return (DayKind)random.Next(3) switch
        {
            DayKind.Holiday => new DayException(date, DayKind.Holiday, "节日", "Holiday"),
            DayKind.MakeUp => new DayException(date, DayKind.MakeUp, "补班", "Make-up"),
            _ => new DayException(date, DayKind.Closure, "停办", "Closure", null, random.Next(2) == 0 ? null : Stretches(random)),
        };
    }

    private static WeeklyHours Week(Random random)
    {
        Dictionary<DayOfWeek, IReadOnlyList<OpenHours>> days = [];
        foreach (var day in Enum.GetValues<DayOfWeek>().Where(_ => random.Next(3) > 0))
        {
            days[day] = Stretches(random);
        }

        // At least one good stretch, so that nothing runs off the end of the years.
        days[(DayOfWeek)random.Next(7)] = random.Next(4) == 0 ? [new OpenHours(0, 1440)] : [new OpenHours(120, 600)];
        return new WeeklyHours(days);
    }

    private static OpenHours[] Stretches(Random random)
    {
        int[] edges = [.. Enumerable.Range(0, 2 * random.Next(1, 4)).Select(_ => random.Next(0, 1441)).Distinct().Order()];
        return [.. edges.Chunk(2).Where(e => e.Length == 2).Select(e => new OpenHours(e[0], e[1]))];
    }
}
