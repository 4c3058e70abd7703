using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.Clocks.Import;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Clocks.Pages;

/// <summary>/work/calendars: the year at a glance for all staff; administrators change it. Every change is shown with what it moves before it is made.</summary>
internal static class CalendarPages
{
    private const int MostListed = 200;
    private const int MostChanges = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("/work/calendars").Requires(Permission.AnyStaff).ExcludeFromDescription();
        read.MapGet("", (Desk desk, int? year, CancellationToken cancellation) => desk.ShowAsync(null, year, false, cancellation));
        read.MapGet("/{code}", (Desk desk, string code, int? year, bool? done, CancellationToken cancellation) => desk.ShowAsync(code, year, done == true, cancellation));

        var change = routes.MapGroup("/work/calendars").Requires(ShellPermissions.ManageCalendars).ExcludeFromDescription();
        change.MapGet("/new", async (Desk desk, CancellationToken cancellation) => (await desk.AtAsync(cancellation)).Head(null, HeadForm.New, null));
        change.MapPost("/new", AddAsync);
        change.MapGet("/{code}/settings", (Desk desk, string code, CancellationToken cancellation) => desk.WithAsync(code, set => Task.FromResult(set.Head(code, HeadForm.Of(set.Calendars.Get(code).Definition, set.Calendars.All.Find(code)!.Extends), null)), cancellation));
        change.MapPost("/{code}/settings", (Desk desk, string code, HttpContext http, CancellationToken cancellation) =>
            desk.TryAsync(code, HeadForm.Of(http.Request.Form), (_, f) => f.Read(), (set, f, failure) => set.Head(code, f, failure), http, cancellation));
        change.MapGet("/{code}/days", (Desk desk, string code, DateOnly? from, DateOnly? until, CancellationToken cancellation) => desk.WithAsync(code, set => Task.FromResult(set.Days(code, DayForm.Of(set.Calendars, code, from, until), null)), cancellation));
        change.MapPost("/{code}/days", (Desk desk, string code, HttpContext http, CancellationToken cancellation) =>
            desk.TryAsync(code, DayForm.Of(http.Request.Form), (_, f) => f.Read(), (set, f, failure) => set.Days(code, f, failure), http, cancellation));
        change.MapGet("/{code}/hours", (Desk desk, string code, int? set, CancellationToken cancellation) => desk.WithAsync(code, now => Task.FromResult(now.Hours(code, HoursForm.Of(now.Calendars.Get(code).Definition.Hours, set), null)), cancellation));
        change.MapPost("/{code}/hours", (Desk desk, string code, HttpContext http, CancellationToken cancellation) =>
            desk.TryAsync(code, HoursForm.Of(http.Request.Form), (set, f) => f.Read(set.Calendars.Get(code).Definition.Hours), (set, f, failure) => set.Hours(code, f, failure), http, cancellation));
        change.MapGet("/{code}/import", (Desk desk, string code, CancellationToken cancellation) => desk.WithAsync(code, set => Task.FromResult(set.Import(code, null)), cancellation));
        change.MapPost("/{code}/import", ImportAsync).TakesFiles();
        change.MapPost("/{code}/edit", EditAsync);
        change.MapPost("/{code}/confirm", ConfirmAsync);
    }

    private static async Task<IResult> AddAsync(Desk desk, KeepCalendars keep, CurrentActor me, IFormCollection form, CancellationToken cancellation)
    {
        var typed = HeadForm.Of(form);
        var read = typed.ReadNew();
        var code = typed.Code?.Trim() ?? "";
        var done = read.Succeeded ? await keep.MakeAsync(me.Value, code, read.Value, null, cancellation) : read.Failure;
        return done.Succeeded ? Back(code, null) : (await desk.AtAsync(cancellation)).Head(null, typed, done.Failure);
    }

    private static Task<IResult> ImportAsync(Desk desk, string code, HttpContext http, CancellationToken cancellation) => desk.WithAsync(code, async set =>
    {
        var file = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(cancellation)).Files.GetFile("file") : null;
        await using var stream = file?.OpenReadStream() ?? Stream.Null;
        var year = await CalendarFile.ReadAsync(stream, cancellation);
        return year.Succeeded ? await set.PreviewAsync(code, new PutYear(year.Value), set.Calendars.VersionOf(code), failure => set.Import(code, failure), cancellation) : set.Import(code, year.Failure);
    }, cancellation);

    /// <summary>Changes that need no form of their own: the edit itself comes from a button.</summary>
    private static Task<IResult> EditAsync(Desk desk, string code, [FromForm] string? edit, [FromForm] int? version, CancellationToken cancellation) => desk.WithAsync(code, set =>
        Read(edit) is { } known
            ? set.PreviewAsync(code, known, version, Refusal.Of, cancellation)
            : Task.FromResult(Refusal.Of(new Failure.Invalid("edit", "看不懂要做的修改。请回到日历页重新操作。"))), cancellation);

    private static Task<IResult> ConfirmAsync(Desk desk, KeepCalendars keep, CurrentActor me, string code, [FromForm] string? edit, [FromForm] int? version, CancellationToken cancellation) => desk.WithAsync(code, async _ =>
    {
        if (Read(edit) is not { } known)
        {
            return Refusal.Of(new Failure.Invalid("edit", "看不懂要做的修改。请回到日历页重新操作。"));
        }

        var done = await keep.MakeAsync(me.Value, code, known, version, cancellation);
        int? year = known switch { PutYear put => put.Year.Year, RemoveYear remove => remove.Year, PutDays put => put.From.Year, RemoveDays remove => remove.From.Year, _ => null };
        return done.Succeeded ? Back(code, year) : Refusal.Of(done.Failure);
    }, cancellation);

    private static CalendarEdit? Read(string? edit)
    {
        try
        {
            return JsonSerializer.Deserialize<CalendarEdit>(edit ?? "", Json.Plain);
        }
        catch (Exception wrong) when (wrong is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static IResult Back(string code, int? year) => Results.LocalRedirect($"/work/calendars/{Uri.EscapeDataString(code)}?done=true{(year is null ? "" : $"&year={year}")}");

    /// <summary>Opens the calendars in force for a page.</summary>
    internal sealed class Desk(LinliDb db, CalendarsInForce calendars, KeepCalendars keep, CurrentActor me, TimeProvider clock)
    {
        public async Task<Sheet> AtAsync(CancellationToken cancellation) => new(await calendars.GetAsync(cancellation), keep);

        /// <summary>The page of a calendar that there is.</summary>
        public async Task<IResult> WithAsync(string code, Func<Sheet, Task<IResult>> page, CancellationToken cancellation)
        {
            var sheet = await AtAsync(cancellation);
            return sheet.Calendars.All.Get(code) is { Succeeded: false } unknown ? Refusal.Of(unknown.Failure) : await page(sheet);
        }

        /// <param name="asked">The county's own when left out.</param>
        public async Task<IResult> ShowAsync(string? asked, int? year, bool done, CancellationToken cancellation)
        {
            var code = asked ?? (await calendars.GetAsync(cancellation)).Countys;
            return await WithAsync(code, async sheet =>
            {
                var today = sheet.Calendars.Get(code).DateOf(clock.GetUtcNow());
                var chain = sheet.Calendars.All.Rests(code);
                var changes = await db.Set<CalendarVersion>().AsNoTracking().Where(v => chain.Contains(v.Code)).OrderByDescending(v => v.At).ThenByDescending(v => v.Version).Take(MostChanges).ToListAsync(cancellation);
                return new RazorComponentResult<CalendarPage>(new
                {
                    sheet.Calendars, Code = code, Year = Math.Clamp(year ?? today.Year, 1900, 2200), Today = today, Changes = changes,
                    MayChange = ShellPermissions.ManageCalendars.IsHeldBy(me.Value), Done = done,
                });
            }, cancellation);
        }

        /// <summary>Reads a form; the form again with what is wrong, or the page that shows what would move.</summary>
        public Task<IResult> TryAsync<TForm>(
            string code, TForm typed, Func<Sheet, TForm, Outcome<CalendarEdit>> read, Func<Sheet, TForm, Failure, IResult> again, HttpContext http, CancellationToken cancellation) => WithAsync(code, sheet =>
        {
            var edit = read(sheet, typed);
            int? version = int.TryParse(http.Request.Form["version"], out var seen) ? seen : null;
            return edit.Succeeded ? sheet.PreviewAsync(code, edit.Value, version, failure => again(sheet, typed, failure), cancellation) : Task.FromResult(again(sheet, typed, edit.Failure));
        }, cancellation);
    }

    /// <summary>The pages that show the calendars as they are, or what a change would do to them.</summary>
    internal sealed class Sheet(InstalledCalendars calendars, KeepCalendars keep)
    {
        public InstalledCalendars Calendars => calendars;

        public async Task<IResult> PreviewAsync(string code, CalendarEdit edit, int? version, Func<Failure, IResult> again, CancellationToken cancellation)
        {
            var preview = await keep.PreviewAsync(code, edit, version, MostListed, cancellation);
            return preview.Succeeded
                ? new RazorComponentResult<CalendarPreviewPage>(new { Preview = preview.Value, Edit = JsonSerializer.Serialize(edit, Json.Plain), Version = version ?? calendars.VersionOf(code) })
                : again(preview.Failure);
        }

        public IResult Head(string? code, HeadForm typed, Failure? failure) =>
            Form<CalendarHeadPage>(new { Code = code, Input = typed, Calendars = calendars, Version = calendars.VersionOf(code ?? ""), Failure = failure }, failure);

        public IResult Days(string code, DayForm typed, Failure? failure) =>
            Form<CalendarDaysPage>(new { Code = code, Input = typed, Name = calendars.Get(code).Name, Version = calendars.VersionOf(code), Failure = failure }, failure);

        public IResult Hours(string code, HoursForm typed, Failure? failure) =>
            Form<CalendarHoursPage>(new { Code = code, Input = typed, Name = calendars.Get(code).Name, Version = calendars.VersionOf(code), Failure = failure }, failure);

        public IResult Import(string code, Failure? failure) => Form<CalendarImportPage>(new { Code = code, Name = calendars.Get(code).Name, Failure = failure }, failure);

        private static RazorComponentResult<TPage> Form<TPage>(object values, Failure? failure) where TPage : Microsoft.AspNetCore.Components.IComponent =>
            new(values) { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };
    }
}
