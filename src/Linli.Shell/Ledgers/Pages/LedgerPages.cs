using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Keeping;
using Linli.Shell.Ledgers.Running;
using Linli.Shell.Ledgers.Timetables;
using Linli.Shell.Limits;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Ledgers.Pages;

/// <summary>/work/ledgers: the ledgers of whoever is signed in.</summary>
internal static class LedgerPages
{
    public const string Address = "/work/ledgers";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Address).Requires(Permission.AnyStaff).ExcludeFromDescription();
        pages.MapGet("", async (FindLedgers find, CurrentActor me, CancellationToken cancellation) => new RazorComponentResult<LedgersPage>(new { Ledgers = await find.ListAsync(me.Value, cancellation) }));
        pages.MapGet("/{id}", (string id, bool? done, LedgerDesk desk, CancellationToken cancellation) => desk.ShowAsync(id, done == true, null, null, null, cancellation)).Costs(Cost.Searching);
        pages.MapGet("/{id}/print", PrintAsync).Costs(Cost.Searching);
        pages.MapPost("/{id}/exports", ExportAsync).Costs(Cost.Exporting);
        pages.MapPost("/{id}/sharing", ShareAsync);
        pages.MapPost("/{id}/timetable", ScheduleAsync);
        pages.MapPost("/{id}/remove", RemoveAsync);
        pages.MapGet("/exports", async (LedgerFiles files, CurrentActor me, CancellationToken cancellation) => new RazorComponentResult<LedgerExportsPage>(new { Exports = await files.ListAsync(me.Value, cancellation) }));
        pages.MapGet("/exports/{export:guid}/file", FileAsync).Costs(Cost.Exporting);
        pages.MapPost("/exports/{export:guid}/remove", RemoveExportAsync);
        LedgerBuilder.Map(pages);
    }

    public static async Task<IResult> FileAsync(LedgerFiles files, CurrentActor me, Guid export, HttpContext http, CancellationToken cancellation)
    {
        var opened = await files.OpenAsync(me.Value, export, cancellation);
        if (!opened.Succeeded)
        {
            return Refusal.Of(opened.Failure);
        }

        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Stream(opened.Value.Content, opened.Value.Type, opened.Value.Name);
    }

    private static async Task<IResult> PrintAsync(string id, FindLedgers find, ShowLedger show, CurrentActor me, CancellationToken cancellation)
    {
        var found = await find.OneAsync(me.Value, id, cancellation);
        if (!found.Succeeded)
        {
            return Refusal.Of(found.Failure);
        }

        var shown = found.Value.Told(await show.ForPaperAsync(found.Value.Definition, me.Value, cancellation));
        return shown.Succeeded
            ? new RazorComponentResult<LedgerPrintPage>(new { Shown = shown.Value, Back = $"{Address}/{found.Value.Id}", IsOnlyTotals = found.Value.Definition.OnlyTotals })
            : Refusal.Of(shown.Failure);
    }

    private static async Task<IResult> ExportAsync(string id, [FromForm] string? format, AskExport ask, LedgerDesk desk, CurrentActor me, CancellationToken cancellation)
    {
        var asked = await ask.HandleAsync(me.Value, id, Enum.TryParse<LedgerFormat>(format, ignoreCase: true, out var known) ? known : (LedgerFormat)(-1), cancellation);
        return !asked.Succeeded ? await desk.ShowAsync(id, false, asked.Failure, null, null, cancellation)
            : ToFile(asked.Value);
    }

    /// <summary>The file, or where one sees how far it is.</summary>
    public static IResult ToFile(LedgerExport export) => Results.LocalRedirect(export.State == ExportState.Done ? $"{LedgerFiles.Address}/{export.Id}/file" : LedgerFiles.Address);

    private static async Task<IResult> ShareAsync(string id, IFormCollection form, KeepLedgers keep, LedgerDesk desk, CurrentActor me, CancellationToken cancellation)
    {
        var sharing = new LedgerSharing(form["forAll"] == "true",
            [.. form["roles"].Select(r => Enum.TryParse<Role>(r, out var role) ? role : (Role)(-1))], [.. form["organisations"].Select(o => Guid.TryParse(o, out var key) ? key : Guid.Empty)]);
        var shared = await keep.ShareAsync(me.Value, id, sharing, cancellation);
        return shared.Succeeded ? Back(id) : await desk.ShowAsync(id, false, shared.Failure, "sharing", null, cancellation);
    }

    private static async Task<IResult> ScheduleAsync(string id, IFormCollection form, KeepLedgers keep, LedgerDesk desk, CurrentActor me, CancellationToken cancellation)
    {
        var typed = new LedgerTimetable(
            Enum.TryParse<TimetableKind>(form["kind"], out var kind) ? kind : (TimetableKind)(-1), int.TryParse(form["day"], NumberStyles.None, CultureInfo.InvariantCulture, out var day) ? day : kind is TimetableKind.Never or TimetableKind.Daily ? 1 : 0,
            form["at"].ToString(), Enum.TryParse<LedgerFormat>(form["format"], out var format) ? format : (LedgerFormat)(-1));
        var scheduled = await keep.ScheduleAsync(me.Value, id, typed, cancellation);
        return scheduled.Succeeded ? Back(id) : await desk.ShowAsync(id, false, scheduled.Failure, "timetable", typed, cancellation);
    }

    private static async Task<IResult> RemoveAsync(string id, KeepLedgers keep, CurrentActor me, CancellationToken cancellation)
    {
        var removed = await keep.RemoveAsync(me.Value, id, cancellation);
        return removed.Succeeded ? Results.LocalRedirect(Address) : Refusal.Of(removed.Failure);
    }

    private static async Task<IResult> RemoveExportAsync(Guid export, LedgerFiles files, CurrentActor me, CancellationToken cancellation)
    {
        var removed = await files.RemoveAsync(me.Value, export, cancellation);
        return removed.Succeeded ? Results.LocalRedirect(LedgerFiles.Address) : Refusal.Of(removed.Failure);
    }

    private static IResult Back(string id) => Results.LocalRedirect($"{Address}/{Uri.EscapeDataString(id)}?done=true");
}

/// <summary>Puts the page of one ledger together.</summary>
internal sealed class LedgerDesk(FindLedgers find, ShowLedger show, CurrentActor me, LinliDb db)
{
    public async Task<IResult> ShowAsync(string id, bool done, Failure? failure, string? form, LedgerTimetable? typed, CancellationToken cancellation)
    {
        var found = await find.OneAsync(me.Value, id, cancellation);
        if (!found.Succeeded)
        {
            return Refusal.Of(found.Failure);
        }

        var shown = found.Value.Told(await show.ForScreenAsync(found.Value.Definition, me.Value, cancellation));
        if (!found.Value.IsOwn && shown.Failure is Failure.Forbidden none)
        {
            return Refusal.Of(none);
        }

        var isWide = ShellPermissions.ShareLedgers.IsHeldBy(me.Value);
        var own = me.Value.OwnOrganisations.ToList();
        var organisations = !found.Value.IsOwn ? [] : await db.Set<Organisation>().AsNoTracking().Where(o => o.IsActive && (isWide || own.Contains(o.Id))).OrderBy(o => o.Kind).ThenBy(o => o.Code)
            .Select(o => new { o.Id, o.Name, o.NameEn }).ToListAsync(cancellation);
        return new RazorComponentResult<LedgerPage>(new
        {
            Ledger = found.Value, Shown = shown.Succeeded ? shown.Value : null, Done = done, Failure = failure ?? shown.Failure, Form = form, Typed = typed, MayShareWidely = isWide,
            Organisations = (IReadOnlyList<Option>)[.. organisations.Select(o => new Option($"{o.Id}", Texts.Pick(o.Name, o.NameEn)))],
        })
        { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };
    }
}
