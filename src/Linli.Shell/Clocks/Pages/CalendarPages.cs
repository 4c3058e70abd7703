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
        read.MapGet("", (Desk desk, int? year, CancellationToken cancellation) => desk.ShowAsync(desk.Calendars.Countys, year, false, cancellation));
        read.MapGet("/{code}", (Desk desk, string code, int? year, bool? done, CancellationToken cancellation) => desk.ShowAsync(code, year, done == true, cancellation));

        var change = routes.MapGroup("/work/calendars").Requires(ShellPermissions.ManageCalendars).ExcludeFromDescription();
        change.MapGet("/new", (Desk desk) => desk.Head(null, HeadForm.New, null));
        change.MapPost("/new", AddAsync);
        change.MapGet("/{code}/settings", (Desk desk, string code) => desk.With(code, () => desk.Head(code, HeadForm.Of(desk.Calendars.Get(code).Definition, desk.Calendars.All.Find(code)!.Extends), null)));
        change.MapPost("/{code}/settings", (Desk desk, string code, HttpContext http, CancellationToken cancellation) =>
            desk.TryAsync(code, HeadForm.Of(http.Request.Form), f => f.Read(), (f, failure) => desk.Head(code, f, failure), http, cancellation));
        change.MapGet("/{code}/days", (Desk desk, string code, DateOnly? from, DateOnly? until) => desk.With(code, () => desk.Days(code, DayForm.Of(desk.Calendars, code, from, until), null)));
        change.MapPost("/{code}/days", (Desk desk, string code, HttpContext http, CancellationToken cancellation) =>
            desk.TryAsync(code, DayForm.Of(http.Request.Form), f => f.Read(), (f, failure) => desk.Days(code, f, failure), http, cancellation));
        change.MapGet("/{code}/hours", (Desk desk, string code, int? set) => desk.With(code, () => desk.Hours(code, HoursForm.Of(desk.Calendars.Get(code).Definition.Hours, set), null)));
        change.MapPost("/{code}/hours", (Desk desk, string code, HttpContext http, CancellationToken cancellation) =>
            desk.TryAsync(code, HoursForm.Of(http.Request.Form), f => f.Read(desk.Calendars.Get(code).Definition.Hours), (f, failure) => desk.Hours(code, f, failure), http, cancellation));
        change.MapGet("/{code}/import", (Desk desk, string code) => desk.With(code, () => desk.Import(code, null)));
        change.MapPost("/{code}/import", ImportAsync);
        change.MapPost("/{code}/edit", EditAsync);
        change.MapPost("/{code}/confirm", ConfirmAsync);
    }

    private static async Task<IResult> AddAsync(Desk desk, KeepCalendars keep, CurrentActor me, IFormCollection form, CancellationToken cancellation)
    {
        var typed = HeadForm.Of(form);
        var read = typed.ReadNew();
        var code = typed.Code?.Trim() ?? "";
        var done = read.Succeeded ? await keep.MakeAsync(me.Value, code, read.Value, null, cancellation) : read.Failure;
        return done.Succeeded ? Back(code, null) : desk.Head(null, typed, done.Failure);
    }

    private static Task<IResult> ImportAsync(Desk desk, string code, HttpContext http, CancellationToken cancellation) => desk.WithAsync(code, async () =>
    {
        var file = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(cancellation)).Files.GetFile("file") : null;
        await using var stream = file?.OpenReadStream() ?? Stream.Null;
        var year = await CalendarFile.ReadAsync(stream, cancellation);
        return year.Succeeded ? await desk.PreviewAsync(code, new PutYear(year.Value), desk.Calendars.VersionOf(code), failure => desk.Import(code, failure), cancellation) : desk.Import(code, year.Failure);
    });

    /// <summary>Changes that need no form of their own: the edit itself comes from a button.</summary>
    private static Task<IResult> EditAsync(Desk desk, string code, [FromForm] string? edit, [FromForm] int? version, CancellationToken cancellation) => desk.WithAsync(code, () =>
        Read(edit) is { } known
            ? desk.PreviewAsync(code, known, version, Refusal.Of, cancellation)
            : Task.FromResult(Refusal.Of(new Failure.Invalid("edit", "看不懂要做的修改。请回到日历页重新操作。"))));

    private static Task<IResult> ConfirmAsync(Desk desk, KeepCalendars keep, CurrentActor me, string code, [FromForm] string? edit, [FromForm] int? version, CancellationToken cancellation) => desk.WithAsync(code, async () =>
    {
        if (Read(edit) is not { } known)
        {
            return Refusal.Of(new Failure.Invalid("edit", "看不懂要做的修改。请回到日历页重新操作。"));
        }

        var done = await keep.MakeAsync(me.Value, code, known, version, cancellation);
        int? year = known switch { PutYear put => put.Year.Year, RemoveYear remove => remove.Year, PutDays put => put.From.Year, RemoveDays remove => remove.From.Year, _ => null };
        return done.Succeeded ? Back(code, year) : Refusal.Of(done.Failure);
    });

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

    /// <summary>Puts the pages together.</summary>
    internal sealed class Desk(LinliDb db, InstalledCalendars calendars, KeepCalendars keep, CurrentActor me, TimeProvider clock)
    {
        public InstalledCalendars Calendars => calendars;

        private bool MayChange => ShellPermissions.ManageCalendars.IsHeldBy(me.Value);

        public IResult With(string code, Func<IResult> page) => calendars.All.Get(code) is { Succeeded: false } unknown ? Refusal.Of(unknown.Failure) : page();

        public Task<IResult> WithAsync(string code, Func<Task<IResult>> page) =>
            calendars.All.Get(code) is { Succeeded: false } unknown ? Task.FromResult(Refusal.Of(unknown.Failure)) : page();

        public Task<IResult> ShowAsync(string code, int? asked, bool done, CancellationToken cancellation) => WithAsync(code, async () =>
        {
            var today = calendars.Get(code).DateOf(clock.GetUtcNow());
            var chain = calendars.All.Rests(code);
            var changes = await db.Set<CalendarVersion>().AsNoTracking().Where(v => chain.Contains(v.Code)).OrderByDescending(v => v.At).ThenByDescending(v => v.Version).Take(MostChanges).ToListAsync(cancellation);
            return new RazorComponentResult<CalendarPage>(new { Calendars = calendars, Code = code, Year = Math.Clamp(asked ?? today.Year, 1900, 2200), Today = today, Changes = changes, MayChange, Done = done });
        });

        /// <summary>Reads a form; the form again with what is wrong, or the page that shows what would move.</summary>
        public Task<IResult> TryAsync<TForm>(
            string code, TForm typed, Func<TForm, Outcome<CalendarEdit>> read, Func<TForm, Failure, IResult> again, HttpContext http, CancellationToken cancellation) => WithAsync(code, () =>
        {
            var edit = read(typed);
            int? version = int.TryParse(http.Request.Form["version"], out var seen) ? seen : null;
            return edit.Succeeded ? PreviewAsync(code, edit.Value, version, failure => again(typed, failure), cancellation) : Task.FromResult(again(typed, edit.Failure));
        });

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
