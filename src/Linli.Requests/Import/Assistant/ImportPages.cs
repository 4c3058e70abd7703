using System.Text;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Linli.Requests.Import.Assistant;

/// <param name="Columns">Field to heading; what is not named is left out.</param>
public sealed record ImportColumns(string? Sheet, IReadOnlyDictionary<string, string>? Columns);

/// <param name="AllOrNothing">Import nothing when one row is wrong.</param>
public sealed record ImportStart(bool? AllOrNothing);

/// <param name="Row">As the file counts them, from 1.</param>
/// <param name="Column">Heading of the column; absent when it is about the row.</param>
/// <param name="Problem">What is wrong and what to do.</param>
public sealed record ShownFlaw(int Row, string? Column, string Problem);

/// <param name="Checked">How many rows the preview tried.</param>
/// <param name="CheckedFrom">How many rows before them it left out.</param>
/// <param name="Sheet">Of a workbook with several sheets the one that is read.</param>
/// <param name="Sheets">Its sheets.</param>
/// <param name="New">How many right rows bring something new; absent for requests.</param>
/// <param name="Unchanged">How many say what is there already.</param>
/// <param name="Changes">Rows that change what is there; those with a warning first.</param>
public sealed record ShownImport(
    Guid Id, ImportKind Kind, string FileName, ImportState State, int Total, int Done, int Imported, int Known, int Rejected, DateTimeOffset At, DateTimeOffset? EndedAt, DateTimeOffset? UndoneAt,
    IReadOnlyDictionary<string, string> Columns, IReadOnlyList<string>? Headings, IReadOnlyList<ShownFlaw>? Flaws, int? Right, int? Checked, DateTimeOffset? SameAt, string? Trouble,
    int? CheckedFrom, string? Sheet, IReadOnlyList<string>? Sheets, int? New, int? Unchanged, IReadOnlyList<ShownChange>? Changes);

/// <summary>A row that changes what is there already.</summary>
/// <param name="Row">As the file counts them, from 1.</param>
/// <param name="What">Column and "what → what", one for each.</param>
/// <param name="Warning">What that does beyond the row.</param>
public sealed record ShownChange(int Row, IReadOnlyList<string> What, string? Warning);

/// <summary>导入: the assistant for administrators, as pages and for programs.</summary>
internal static class ImportPages
{
    public const string Address = "/admin/imports";
    private const int MostFlaws = 200;

    public static Permission Permission { get; } = new("requests.imports", "导入文件：诉求、单位、区域、事项、人员", Role.Administrator);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Address).Requires(Permission).ExcludeFromDescription();
        pages.MapGet("", ([AsParameters] Parts parts, CancellationToken c) => ListAsync(parts, null, null, c));
        pages.MapPost("", BeginOnPageAsync).TakesFiles().Costs(Cost.Uploading);
        pages.MapGet("/{id:guid}", ([AsParameters] Parts parts, Guid id, string? from, CancellationToken c) => ShowAsync(parts, id, null, null, c, FromOf(from)));
        pages.MapPost("/{id:guid}/columns", async ([AsParameters] Parts parts, Guid id, IFormCollection form, CancellationToken c) =>
        {
            var chosen = await parts.Assistant.ChooseAsync(parts.Me.Value, id, new ImportChoice(form["sheet"], form.Where(f => f.Key.StartsWith("c-", StringComparison.Ordinal)).ToDictionary(f => f.Key[2..], f => f.Value.ToString())), c);
            return chosen.Succeeded ? Results.LocalRedirect($"{Address}/{id}") : await ShowAsync(parts, id, chosen.Failure, null, c);
        });
        pages.MapPost("/{id:guid}/start", async ([AsParameters] Parts parts, Guid id, IFormCollection form, CancellationToken c) =>
            await parts.Assistant.StartAsync(parts.Me.Value, id, form["all"] == "true", c) is { Succeeded: false } refused ? await ShowAsync(parts, id, refused.Failure, null, c) : Results.LocalRedirect($"{Address}/{id}"));
        pages.MapGet("/{id:guid}/rejected", RejectedAsync).Costs(Cost.Exporting);
        pages.MapPost("/{id:guid}/undo", async ([AsParameters] Parts parts, Guid id, CancellationToken c) =>
        {
            var undone = await parts.Undo.RunAsync(parts.Me.Value, id, c);
            return await ShowAsync(parts, id, undone.Succeeded ? null : undone.Failure, undone.Succeeded ? undone.Value : null, c);
        });
        MapApi(routes.MapGroup("/api/imports").Requires(Permission).WithTags("imports"));
    }

    private static void MapApi(RouteGroupBuilder api)
    {
        api.MapGet("", async ([AsParameters] Parts parts, CancellationToken c) => Results.Json((await parts.Assistant.AllAsync(parts.Me.Value, c)).Select(b => Shown(parts, b, null)), Json.Plain))
            .WithName("ListImports").WithSummary("Imports of files, the newest first.").Produces<IReadOnlyList<ShownImport>>();
        api.MapPost("", async ([AsParameters] Parts parts, HttpRequest call, string? rows, string? name, CancellationToken c) =>
            {
                var begun = await parts.Assistant.BeginAsync(parts.Me.Value, KindOf(rows), name, await BytesAsync(call.Body, c), c);
                return begun.Succeeded ? Results.Json(Shown(parts, begun.Value, await parts.Assistant.PreviewAsync(parts.Me.Value, begun.Value, c)), Json.Plain, statusCode: StatusCodes.Status201Created) : new Problem(begun.Failure);
            })
            .TakesFiles().TakesFile(part: null).Costs(Cost.Uploading).WithName("BeginImport").WithSummary("Takes a file (XLSX, XLS, CSV or tab-separated text, as the body itself), guesses its columns and says what would happen; writes nothing.")
            .Produces<ShownImport>(StatusCodes.Status201Created);
        api.MapGet("/{id:guid}", ([AsParameters] Parts parts, Guid id, int? from, CancellationToken c) => AnswerAsync(parts, id, c, from ?? 0))
            .Costs(Cost.Searching).WithName("ReadImport").WithSummary("Where an import stands; of one that has not begun also what would happen. Of a very long file the first 1 000 rows are tried; from leaves rows out.").Produces<ShownImport>();
        api.MapPut("/{id:guid}/columns", async ([AsParameters] Parts parts, Guid id, ImportColumns input, CancellationToken c) =>
            {
                var chosen = await parts.Assistant.ChooseAsync(parts.Me.Value, id, new ImportChoice(input.Sheet, input.Columns ?? new Dictionary<string, string>()), c);
                return chosen.Succeeded ? await AnswerAsync(parts, id, c) : new Problem(chosen.Failure);
            })
            .WithName("ChooseImportColumns").WithSummary("Says which column is what.").WithExample(new ImportColumns(null, new Dictionary<string, string> { ["code"] = "Code", ["name"] = "Name" })).Produces<ShownImport>();
        api.MapPut("/{id:guid}/start", async ([AsParameters] Parts parts, Guid id, ImportStart input, CancellationToken c) =>
            {
                var started = await parts.Assistant.StartAsync(parts.Me.Value, id, input.AllOrNothing == true, c);
                return started.Succeeded ? Results.Json(Shown(parts, started.Value, null), Json.Plain) : new Problem(started.Failure);
            })
            .WithName("StartImport").WithSummary("Imports the rows that are right, in the background.").WithExample(new ImportStart(false)).Produces<ShownImport>();
        api.MapGet("/{id:guid}/rejected", RejectedAsync).Costs(Cost.Exporting).WithName("ReadRejectedRows").WithSummary("The rows that were not taken, as CSV with the reason.").Produces<string>(StatusCodes.Status200OK, "text/csv");
        api.MapPut("/{id:guid}/undo", async ([AsParameters] Parts parts, Guid id, CancellationToken c) =>
            {
                var undone = await parts.Undo.RunAsync(parts.Me.Value, id, c);
                return undone.Succeeded ? Results.Json(new { undone.Value.Undone, Left = Flaws(parts, undone.Value.Left) }, Json.Plain) : new Problem(undone.Failure);
            })
            .WithName("UndoImport").WithSummary("Takes back, within a day, what nobody has touched since; says what stays and why.").Produces<object>();
    }

    private static async Task<IResult> BeginOnPageAsync([AsParameters] Parts parts, IFormCollection form, CancellationToken cancellation)
    {
        var file = form.Files.GetFile("file");
        var pasted = form["pasted"].ToString();
        byte[] content;
        if (file is { Length: > 0 })
        {
            await using var stream = file.OpenReadStream();
            content = await BytesAsync(stream, cancellation);
        }
        else
        {
            content = Encoding.UTF8.GetBytes(pasted);
        }

        var kind = KindOf(form["kind"]);
        var begun = await parts.Assistant.BeginAsync(parts.Me.Value, kind, file is { Length: > 0 } ? file.FileName : parts.Texts["粘贴的表格"], content, cancellation);
        return begun.Succeeded ? Results.LocalRedirect($"{Address}/{begun.Value.Id}") : await ListAsync(parts, kind, begun.Failure, cancellation);
    }

    private static int FromOf(string? said) => int.TryParse(said, out var from) ? from : 0;

    private static ImportKind? KindOf(string? said) => Enum.TryParse<ImportKind>(said, ignoreCase: true, out var kind) && !int.TryParse(said, out _) ? kind : null;

    private static async Task<byte[]> BytesAsync(Stream stream, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var piece = new byte[81_920];
        for (int read; bytes.Length <= DraftFiles.MostBytes && (read = await stream.ReadAsync(piece, cancellation)) > 0;)
        {
            bytes.Write(piece, 0, read);
        }

        return bytes.ToArray();
    }

    private static async Task<IResult> RejectedAsync([AsParameters] Parts parts, Guid id, CancellationToken cancellation) =>
        await parts.Assistant.RejectedAsync(parts.Me.Value, id, p => parts.Texts.Of(p), parts.Texts["没有导入的原因"], cancellation) is { } csv ? Results.File(csv, "text/csv; charset=utf-8", "rejected.csv") : new Problem(ImportAssistant.Unknown);

    private static async Task<IResult> ListAsync(Parts parts, ImportKind? kind, Failure? failure, CancellationToken cancellation) =>
        new RazorComponentResult<ImportsPage>(new { Batches = (IReadOnlyList<ShownImport>)[.. (await parts.Assistant.AllAsync(parts.Me.Value, cancellation)).Select(b => Shown(parts, b, null))], Kind = kind, Failure = failure })
        { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };

    private static async Task<IResult> ShowAsync(Parts parts, Guid id, Failure? failure, UndoneImport? undone, CancellationToken cancellation, int from = 0)
    {
        if (await parts.Assistant.FindAsync(parts.Me.Value, id, cancellation) is not { } batch)
        {
            return new Problem(ImportAssistant.Unknown);
        }

        var preview = batch.State == ImportState.Draft ? await parts.Assistant.PreviewAsync(parts.Me.Value, batch, cancellation, from) : null;
        return new RazorComponentResult<ImportPage>(new
        {
            Import = Shown(parts, batch, preview),
            Fields = ImportFields.Of(batch.Kind),
            Sample = (IReadOnlyList<IReadOnlyList<string>>)[.. (preview?.Sheet?.Table.Rows ?? []).Take(5).Select(r => r.Cells)],
            CanUndo = batch is { State: ImportState.Done, UndoneAt: null, Imported: > 0 } && batch.EndedAt + ImportAssistant.Undoable > parts.Time.GetUtcNow(),
            Left = undone is null ? null : Flaws(parts, undone.Left), Undone = undone?.Undone, Failure = failure ?? preview?.Trouble,
        })
        { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };
    }

    private static async Task<IResult> AnswerAsync(Parts parts, Guid id, CancellationToken cancellation, int from = 0) =>
        await parts.Assistant.FindAsync(parts.Me.Value, id, cancellation) is { } batch
            ? Results.Json(Shown(parts, batch, batch.State == ImportState.Draft ? await parts.Assistant.PreviewAsync(parts.Me.Value, batch, cancellation, from) : null), Json.Plain)
            : new Problem(ImportAssistant.Unknown);

    private static ShownImport Shown(Parts parts, ImportBatch b, ImportPreview? p) => new(
        b.Id, b.Kind, b.FileName, b.State, b.Total, b.Done, b.Imported, b.Known, b.Rejected, b.At, b.EndedAt, b.UndoneAt, p?.Sheet?.Choice.Columns ?? ImportSheet.ReadChoice(b.Mapping).Columns,
        p?.Sheet?.Table.Header, p is null ? null : Flaws(parts, p.Flaws), p?.Right, p?.Checked, p?.SameAt, b.Trouble is null ? null : parts.Texts[b.Trouble],
        p?.From, p?.Sheet?.Choice.Sheet ?? ImportSheet.ReadChoice(b.Mapping).Sheet, p?.Sheets is { Count: > 0 } sheets ? sheets : null,
        p is null or { Sheet: null } || b.Kind == ImportKind.Requests ? null : p.News.Count(n => n.Taken.Before is null), p?.Known, p is null or { Sheet: null } || b.Kind == ImportKind.Requests ? null : Changes(parts, p));

    private static IReadOnlyList<ShownChange> Changes(Parts parts, ImportPreview preview) =>
        [.. preview.News.Where(n => n.Taken is { Before: not null, IsKnown: false }).OrderBy(n => n.Taken.Warning is null).ThenBy(n => n.Row).Take(MostFlaws).Select(n => new ShownChange(
            n.Row, [.. n.Taken.Changes.Select(c => ImportFields.Of(preview.Sheet!.Kind).FirstOrDefault(f => f.Key == c.Field) is { } field ? $"{parts.Texts[field.Text]}{(Texts.IsEnglish ? ": " : "：")}{parts.Texts.Of(c)}" : parts.Texts.Of(c))],
            n.Taken.Warning is { } warning ? parts.Texts.Of(warning) : null))];

    private static IReadOnlyList<ShownFlaw> Flaws(Parts parts, IReadOnlyList<ImportFlaw> flaws) => [.. flaws.Take(MostFlaws).Select(f => new ShownFlaw(f.Row, f.Column, parts.Texts.Of(f.Problem)))];

    /// <summary>What pages and answers are made of.</summary>
    internal sealed record Parts(ImportAssistant Assistant, UndoImport Undo, CurrentActor Me, Texts Texts, TimeProvider Time)
    {
        public Texts T => Texts;
    }
}
