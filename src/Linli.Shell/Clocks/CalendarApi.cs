using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.Clocks.Import;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Clocks;

/// <summary>The installation's calendars for programs: all staff read, administrators change. With preview=true nothing is written and the answer says what would move.</summary>
internal static class CalendarApi
{
    private const int MostListed = 200;
    private static readonly string[] Morning = ["08:30-12:00"];
    private static readonly string[] Evening = ["18:00-24:00"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("/api/clocks/calendars/{code}").Requires(Permission.AnyStaff).WithTags("clocks");
        read.MapGet("", async (CalendarsInForce calendars, string code, CancellationToken cancellation) => DetailOf(await calendars.GetAsync(cancellation), code).ToHttp())
            .WithName("ReadCalendar").WithSummary("A work calendar: hours, seasons, years that are known, own days.").Produces<CalendarDetail>();
        read.MapGet("/years/{year:int}", async (CalendarsInForce calendars, string code, int year, CancellationToken cancellation) => YearOf(await calendars.GetAsync(cancellation), code, year).ToHttp())
            .WithName("ReadCalendarYear").WithSummary("The holidays, make-up working days and closures of a year, each with its notice.").Produces<CalendarYearAnswer>();

        var change = routes.MapGroup("/api/clocks/calendars").Requires(ShellPermissions.ManageCalendars).WithTags("clocks");
        change.MapPost("", ([AsParameters] Change make, NewCalendar input, CancellationToken cancellation) => make.RunAsync(input.Code?.Trim() ?? "", input.ToEdit(), cancellation))
            .WithName("AddCalendar").WithSummary("Adds a work calendar.")
            .WithExample(new { code = "night-market", nameZh = "夜市日历", nameEn = "Night market", timeZone = "Asia/Shanghai", standardDayMinutes = 360, extends = "cn", keepsHolidays = true, hours = new[] { new { days = new { friday = Evening } } } })
            .Produces<CalendarAnswer>();
        change.MapPut("/{code}", ([AsParameters] Change make, string code, CalendarInput input, CancellationToken cancellation) => make.RunAsync(code, new PutHead(input.ToHead()), cancellation))
            .WithName("ChangeCalendar").WithSummary("Changes names, time zone, standard day, and which calendar it extends.")
            .WithExample(new CalendarInput("壶关县机关工作日历", "County offices of Huguan", "Asia/Shanghai", 450, "cn", true)).ProducesProblem(StatusCodes.Status409Conflict).Produces<CalendarAnswer>();
        change.MapPut("/{code}/hours", ([AsParameters] Change make, string code, IReadOnlyList<WeeklyHours> input, CancellationToken cancellation) => make.RunAsync(code, new PutHours(HoursInput.Tidy(input)), cancellation))
            .WithName("ChangeCalendarHours").WithSummary("Puts all weekly hours and seasons in place of those there are.")
            .WithExample(new[] { new { from = "05-01", to = "09-30", nameZh = "夏季作息", nameEn = "summer hours", days = new { monday = Morning } } }).ProducesProblem(StatusCodes.Status409Conflict).Produces<CalendarAnswer>();
        change.MapPut("/{code}/days/{date}", ([AsParameters] Change make, string code, DateOnly date, DayInput input, CancellationToken cancellation) => make.RunAsync(code, input.ToEdit(date), cancellation))
            .WithName("PutCalendarDays").WithSummary("Adds or corrects a holiday, make-up working day or closure, for one date or up to a last one.")
            .WithExample(new { kind = "closure", nameZh = "停电检修", nameEn = "Power cut", notice = "县电发〔2026〕3 号", hours = Morning, replaces = false }).ProducesProblem(StatusCodes.Status409Conflict).Produces<CalendarAnswer>();
        change.MapDelete("/{code}/days/{date}", ([AsParameters] Change make, string code, DateOnly date, DateOnly? until, CancellationToken cancellation) => make.RunAsync(code, new RemoveDays(date, until), cancellation))
            .WithName("RemoveCalendarDays").WithSummary("Takes own entries back; what the lists say holds again.").ProducesProblem(StatusCodes.Status409Conflict).Produces<CalendarAnswer>();
        change.MapPost("/{code}/years", ImportAsync).TakesFiles().TakesFile("file")
            .WithName("ImportCalendarYear").WithSummary("Takes a year's holidays over from a JSON or iCalendar file.").ProducesProblem(StatusCodes.Status409Conflict).Produces<CalendarAnswer>();
        change.MapDelete("/{code}/years/{year:int}", ([AsParameters] Change make, string code, int year, CancellationToken cancellation) => make.RunAsync(code, new RemoveYear(year), cancellation))
            .WithName("RemoveCalendarYear").WithSummary("Takes an imported year back.").ProducesProblem(StatusCodes.Status409Conflict).Produces<CalendarAnswer>();
        change.MapPut("/{code}/county", ([AsParameters] Change make, string code, CancellationToken cancellation) => make.RunAsync(code, new MakeCountys(), cancellation))
            .WithName("ChooseCountyCalendar").WithSummary("Makes it the calendar that holds where neither service type nor organisation names another.").ProducesProblem(StatusCodes.Status409Conflict).Produces<CalendarAnswer>();
    }

    private static Outcome<CalendarDetail> DetailOf(InstalledCalendars calendars, string code) =>
        calendars.All.Get(code).Failure is { } unknown ? unknown : CalendarDetail.Of(calendars, code);

    private static Outcome<CalendarYearAnswer> YearOf(InstalledCalendars calendars, string code, int year) =>
        calendars.All.Get(code).Failure is { } unknown ? unknown
        : year is < 1900 or > 2200 ? new Failure.Invalid("year", "{0} 年超出范围：只能是 {1} 年到 {2} 年。", year, 1900, 2200)
        : CalendarYearAnswer.Of(calendars, code, year);

    private static async Task<IResult> ImportAsync([AsParameters] Change make, HttpContext context, string code, CancellationToken cancellation)
    {
        var file = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(cancellation)).Files.GetFile("file")?.OpenReadStream() ?? Stream.Null : context.Request.Body;
        await using (file)
        {
            var year = await CalendarFile.ReadAsync(file, cancellation);
            return year.Succeeded ? await make.RunAsync(code, new PutYear(year.Value), cancellation) : new Problem(year.Failure);
        }
    }

    /// <summary>What every change shares: who, the version that was seen, and whether it is only tried out.</summary>
    internal sealed record Change(KeepCalendars Calendars, CurrentActor Me, int? Version, bool? Preview)
    {
        public async Task<IResult> RunAsync(string code, CalendarEdit edit, CancellationToken cancellation)
        {
            var preview = await Calendars.PreviewAsync(code, edit, Version, MostListed, cancellation);
            if (!preview.Succeeded || Preview == true)
            {
                return preview.Succeeded ? Results.Json(CalendarAnswer.Of(preview.Value, null), Json.Plain) : new Problem(preview.Failure);
            }

            var done = await Calendars.MakeAsync(Me.Value, code, edit, Version, cancellation);
            return done.Succeeded ? Results.Json(CalendarAnswer.Of(preview.Value, done.Value), Json.Plain) : new Problem(done.Failure);
        }
    }
}
