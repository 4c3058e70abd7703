using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Clients;
using Linli.Shell.Http;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Keeping;
using Linli.Shell.Ledgers.Output;
using Linli.Shell.Ledgers.Pages;
using Linli.Shell.Ledgers.Running;
using Linli.Shell.Ledgers.Timetables;
using Linli.Shell.Limits;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Ledgers;

/// <summary>Ledgers for programs: what the pages do.</summary>
internal static class LedgersApi
{
    /// <summary>Of keys: totals, as a statistician has them.</summary>
    public const string Scope = "ledgers.read";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/ledgers").Requires(Permission.AnyStaff).WithTags("ledgers");
        api.MapGet("/sources", SourcesAsync).ForPrograms(Scope).WithName("ListLedgerSources").WithSummary("What ledgers can be made of: columns and filters, as the caller may have them.").Produces<LedgerSourceAnswer[]>();
        api.MapGet("", async (FindLedgers find, CurrentActor me, CancellationToken cancellation) => Results.Json(await find.ListAsync(me.Value, cancellation), Json.Plain))
            .ForPrograms(Scope).WithName("ListLedgers").WithSummary("The caller's own ledgers, those shared with them, and the ready-made ones.").Produces<LedgerView[]>();
        api.MapPost("", AddAsync).WithName("AddLedger").WithSummary("Saves a ledger.").WithExample(Example).Produces<LedgerView>(StatusCodes.Status201Created);
        api.MapPost("/preview", PreviewAsync).Costs(Cost.Searching).WithName("PreviewLedger").WithSummary("The first lines of a ledger that is not saved.").WithExample(Example).Produces<LedgerLines>();
        api.MapGet("/{id}", async (FindLedgers find, CurrentActor me, string id, CancellationToken cancellation) => (await find.OneAsync(me.Value, id, cancellation)).ToHttp())
            .ForPrograms(Scope).WithName("ReadLedger").WithSummary("One ledger, by its id or the code of a ready-made one.").Produces<LedgerView>();
        api.MapGet("/{id}/lines", LinesAsync).ForPrograms(Scope).Costs(Cost.Searching).WithName("ReadLedgerLines").WithSummary("The first 100 lines of a ledger, filled now with what the caller may see.").Produces<LedgerLines>();
        api.MapPut("/{id}", ChangeAsync).WithName("ChangeLedger").WithSummary("Changes a ledger of one's own.").WithExample(Example).Produces<LedgerView>();
        api.MapPut("/{id}/sharing", ShareAsync).WithName("ShareLedger").WithSummary("Whom else it is for; each sees what they may see themselves.").WithExample(new LedgerSharing(false, [Kernel.People.Role.Supervisor])).Produces<LedgerView>();
        api.MapPut("/{id}/timetable", ScheduleAsync).WithName("ScheduleLedger").WithSummary("When it is made by itself, with the owner's permissions at that time.").WithExample(new LedgerTimetable(TimetableKind.Weekly, 1, "08:30")).Produces<LedgerView>();
        api.MapDelete("/{id}", async (KeepLedgers keep, CurrentActor me, string id, CancellationToken cancellation) =>
            await keep.RemoveAsync(me.Value, id, cancellation) is { Succeeded: false } refused ? new Problem(refused.Failure) : Results.NoContent())
            .WithName("RemoveLedger").WithSummary("Removes a ledger of one's own; records and finished exports stay.").Produces(StatusCodes.Status204NoContent);
        api.MapPost("/{id}/exports", ExportAsync).Costs(Cost.Exporting).WithName("ExportLedger").WithSummary("Takes a ledger along as XLSX or CSV; a long one is made in the background.").WithExample(new ExportInput(LedgerFormat.Xlsx))
            .Produces<LedgerExportView>(StatusCodes.Status201Created);
        api.MapPost("/exports", ExportDraftAsync).Costs(Cost.Exporting).WithName("ExportLedgerDraft").WithSummary("Takes a ledger along that is not saved: a list as it stands.").WithExample(new DraftExportInput(Example, LedgerFormat.Csv))
            .Produces<LedgerExportView>(StatusCodes.Status201Created);
        api.MapGet("/exports", async (LedgerFiles files, CurrentActor me, CancellationToken cancellation) => Results.Json(await files.ListAsync(me.Value, cancellation), Json.Plain))
            .WithName("ListLedgerExports").WithSummary("The caller's exports, newest first.").Produces<LedgerExportView[]>();
        api.MapGet("/exports/{export:guid}", async (LedgerFiles files, CurrentActor me, Guid export, CancellationToken cancellation) => (await files.OneAsync(me.Value, export, cancellation)).ToHttp())
            .WithName("ReadLedgerExport").WithSummary("How far an export is.").Produces<LedgerExportView>();
        api.MapGet("/exports/{export:guid}/file", LedgerPages.FileAsync).Costs(Cost.Exporting).WithName("FetchLedgerExport").WithSummary("The file of a finished export, for whoever asked for it.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        api.MapDelete("/exports/{export:guid}", async (LedgerFiles files, CurrentActor me, Guid export, CancellationToken cancellation) =>
            await files.RemoveAsync(me.Value, export, cancellation) is { Succeeded: false } refused ? new Problem(refused.Failure) : Results.NoContent())
            .WithName("RemoveLedgerExport").WithSummary("Deletes an export before its time.").Produces(StatusCodes.Status204NoContent);
    }

    private static LedgerDefinition Example => new()
    {
        Source = "requests", Name = "乡镇周报", Title = "{县}诉求办理周报", Subtitle = "（{期间}）", Period = new LedgerPeriod(PeriodKind.LastWeek, "reportedAt"),
        Columns = [new LedgerColumnSpec("town"), new LedgerColumnSpec("number", Heading: "受理", Under: "办理情况", Total: TotalKind.Count), new LedgerColumnSpec("isResolved", Heading: "办结", Under: "办理情况", Total: TotalKind.Count)],
        GroupBy = ["town"], OnlyTotals = true, EmptyGroups = true, GrandTotal = true,
    };

    private static async Task<IResult> SourcesAsync(PlanLedger plans, CurrentActor me, CancellationToken cancellation)
    {
        List<LedgerSourceAnswer> answers = [];
        foreach (var source in plans.SourcesOf(me.Value))
        {
            var offer = (await source.OfferAsync(me.Value, cancellation)).For(me.Value, source);
            answers.Add(new LedgerSourceAnswer(source.Key, Texts.Pick(source.Zh, source.En),
                [.. offer.Columns.Select(c => new LedgerColumnAnswer(c.Key, Texts.Pick(c.Zh, c.En), c.Kind, c.Group is { } group ? Texts.Pick(group.Zh, group.En) : null, c.Choices, c.HasPeriod, c.IsPersonal))],
                [.. offer.Filters.Select(f => new LedgerFilterAnswer(f.Key, Texts.Pick(f.Zh, f.En), f.Options?.Select(o => o.Value).ToList()))]));
        }

        return Results.Json(answers, Json.Plain);
    }

    private static async Task<IResult> AddAsync(KeepLedgers keep, FindLedgers find, CurrentActor me, LedgerDefinition definition, CancellationToken cancellation)
    {
        var added = await keep.AddAsync(me.Value, Whole(definition), cancellation);
        return added.Succeeded ? Results.Created($"/api/ledgers/{added.Value.Id}", (await find.OneAsync(me.Value, $"{added.Value.Id}", cancellation)).Value) : new Problem(added.Failure);
    }

    private static async Task<IResult> ChangeAsync(KeepLedgers keep, FindLedgers find, CurrentActor me, string id, LedgerDefinition definition, CancellationToken cancellation) =>
        await AnswerAsync(await keep.ChangeAsync(me.Value, id, Whole(definition), null, cancellation), find, me, id, cancellation);

    private static async Task<IResult> ShareAsync(KeepLedgers keep, FindLedgers find, CurrentActor me, string id, LedgerSharing sharing, CancellationToken cancellation) =>
        await AnswerAsync(await keep.ShareAsync(me.Value, id, sharing, cancellation), find, me, id, cancellation);

    private static async Task<IResult> ScheduleAsync(KeepLedgers keep, FindLedgers find, CurrentActor me, string id, LedgerTimetable timetable, CancellationToken cancellation) =>
        await AnswerAsync(await keep.ScheduleAsync(me.Value, id, timetable, cancellation), find, me, id, cancellation);

    private static async Task<IResult> AnswerAsync(Outcome<Ledger> kept, FindLedgers find, CurrentActor me, string id, CancellationToken cancellation) =>
        kept.Succeeded ? (await find.OneAsync(me.Value, id, cancellation)).ToHttp() : new Problem(kept.Failure);

    private static async Task<IResult> PreviewAsync(ShowLedger show, CurrentActor me, LedgerDefinition definition, CancellationToken cancellation) =>
        Answer(await show.ForPreviewAsync(Whole(definition), me.Value, cancellation));

    private static async Task<IResult> LinesAsync(ShowLedger show, FindLedgers find, CurrentActor me, string id, CancellationToken cancellation)
    {
        var found = await find.OneAsync(me.Value, id, cancellation);
        return found.Succeeded ? Answer(found.Value.Told(await show.ForScreenAsync(found.Value.Definition, me.Value, cancellation))) : new Problem(found.Failure);
    }

    private static IResult Answer(Outcome<ShownLedger> shown) => shown.Succeeded
        ? Results.Json(new LedgerLines(
            shown.Value.Sheet.Title, shown.Value.Sheet.Subtitle, [.. shown.Value.Sheet.Head.Select(h => new LedgerHeading(h.Row, h.Column, h.Rows, h.Columns, h.Text))],
            [.. shown.Value.Lines.Select(l => new LedgerLineAnswer($"{l.Kind}".ToLowerInvariant(), l.Cells))], shown.Value.IsPart || !shown.Value.IsWhole, shown.Value.IsCut), Json.Plain)
        : new Problem(shown.Failure);

    private static async Task<IResult> ExportAsync(AskExport ask, CurrentActor me, string id, ExportInput input, CancellationToken cancellation) =>
        Asked(await ask.HandleAsync(me.Value, id, input.Format, cancellation));

    private static async Task<IResult> ExportDraftAsync(AskExport ask, CurrentActor me, DraftExportInput input, CancellationToken cancellation) =>
        Asked(await ask.HandleAsync(me.Value, Whole(input.Ledger ?? new LedgerDefinition()), input.Format, cancellation));

    private static IResult Asked(Outcome<LedgerExport> asked) =>
        asked.Succeeded ? Results.Created($"/api/ledgers/exports/{asked.Value.Id}", LedgerFiles.Of(asked.Value)) : new Problem(asked.Failure);

    /// <summary>A list that a caller sets to null is an empty one.</summary>
    private static LedgerDefinition Whole(LedgerDefinition d) => d with
    {
        Source = d.Source ?? "", Name = d.Name ?? "", Columns = [.. (d.Columns ?? []).Select(c => c ?? new LedgerColumnSpec(null))], Period = d.Period ?? new LedgerPeriod(PeriodKind.Always),
        Filters = (d.Filters ?? new Dictionary<string, string>()).ToDictionary(f => f.Key, f => f.Value ?? ""), Sort = [.. (d.Sort ?? []).Where(s => s?.Column is not null)], GroupBy = [.. (d.GroupBy ?? []).Where(g => g is not null)],
    };
}

/// <param name="Format">xlsx or csv.</param>
public sealed record ExportInput(LedgerFormat Format);

/// <param name="Ledger">As it would be saved.</param>
/// <param name="Format">xlsx or csv.</param>
public sealed record DraftExportInput(LedgerDefinition? Ledger, LedgerFormat Format);

/// <summary>What ledgers can be made of.</summary>
public sealed record LedgerSourceAnswer(string Key, string Name, IReadOnlyList<LedgerColumnAnswer> Columns, IReadOnlyList<LedgerFilterAnswer> Filters);

/// <param name="Choices">What may stand in it, as far as that is known.</param>
/// <param name="HasPeriod">A period can be about it.</param>
public sealed record LedgerColumnAnswer(string Key, string Name, CellKind Kind, string? Group, IReadOnlyList<string>? Choices, bool HasPeriod, bool IsPersonal);

/// <param name="Options">Null for free words.</param>
public sealed record LedgerFilterAnswer(string Key, string Name, IReadOnlyList<string>? Options);

/// <summary>A filled ledger, as text.</summary>
/// <param name="IsPart">There are more lines, or records that the caller neither sees nor counts: the figures are not those of the whole county.</param>
/// <param name="IsCut">Not all records were read.</param>
public sealed record LedgerLines(string Title, string Subtitle, IReadOnlyList<LedgerHeading> Head, IReadOnlyList<LedgerLineAnswer> Lines, bool IsPart, bool IsCut);

/// <summary>One cell of the headings; row and column counted from 0, with how many it reaches over.</summary>
public sealed record LedgerHeading(int Row, int Column, int Rows, int Columns, string Text);

/// <param name="Kind">row, subtotal or total.</param>
public sealed record LedgerLineAnswer(string Kind, IReadOnlyList<string> Cells);
