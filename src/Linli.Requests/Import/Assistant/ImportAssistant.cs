using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Linli.Shell.People;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Import.Assistant;

/// <param name="SameAt">When the same file was imported before.</param>
/// <param name="Checked">How many rows were tried for the preview; of a very long file a part.</param>
internal sealed record ImportPreview(ImportSheet? Sheet, IReadOnlyList<ImportFlaw> Flaws, int Right, int Known, int Checked, Failure? Trouble, DateTimeOffset? SameAt)
{
    /// <summary>Rows before the first that was tried.</summary>
    public int From { get; init; }

    /// <summary>What right rows would do, where rows are taken one by one.</summary>
    public IReadOnlyList<ImportNews> News { get; init; } = [];

    /// <summary>Sheets of the workbook, where there are several.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];
}

/// <summary>Brings a file in, step by step: upload, columns, look, import, undo. An administrator sees their own imports; one of the whole county sees all.</summary>
internal sealed class ImportAssistant(
    LinliDb db, DraftFiles files, RequestRows requests, TryRows rows, FieldCipher cipher, TimeProvider time)
{
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(1);
    public const string Rejected = "rejected";

    private static Failure FileGone { get; } = new Failure.Invalid("file", "文件已经删除，请重新上传。");

    internal static Failure Unknown { get; } = new Failure.NotFound("没有这次导入。");

    public async Task<IReadOnlyList<ImportBatch>> AllAsync(Actor by, CancellationToken cancellation) =>
        await Mine(by).AsNoTracking().OrderByDescending(b => b.At).ThenBy(b => b.Id).Take(50).ToListAsync(cancellation);

    public Task<ImportBatch?> FindAsync(Actor by, Guid id, CancellationToken cancellation) => Mine(by).AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancellation);

    public async Task<Outcome<ImportBatch>> BeginAsync(Actor by, ImportKind? kind, string? name, byte[] content, CancellationToken cancellation)
    {
        if (kind is not { } chosen || !ImportFields.Kinds.Contains(chosen))
        {
            return new Failure.Invalid("kind", "请选择导入什么。");
        }

        if (content.Length is 0 or > DraftFiles.MostBytes)
        {
            return content.Length == 0 ? new Failure.Invalid("file", "请选择文件，或把表格粘贴到框里。") : new Failure.Invalid("file", "文件超过 {0} MB。请拆成几个文件分别导入。", DraftFiles.MostBytes / 1024 / 1024);
        }

        var shown = string.IsNullOrWhiteSpace(name) ? "–" : Path.GetFileName(name.Trim()) is { Length: > 200 } longName ? longName[..200] : Path.GetFileName(name.Trim());
        using var stream = new MemoryStream(content, writable: false);
        if (chosen == ImportKind.Types && !AdministratorReach.Covers(by, null))
        {
            return AdministratorReach.Beyond;
        }

        var sheets = SheetTable.Names(stream);
        var sheet = ImportSheet.SheetOf(chosen, stream, shown, sheets);
        var table = ImportSheet.Read(chosen, stream, shown, sheet);
        if (!table.Succeeded)
        {
            return table.Failure;
        }

        var root = await db.Set<Area>().Where(a => a.ParentCode == null).OrderBy(a => a.Code).Select(a => a.Code).FirstOrDefaultAsync(cancellation);
        var now = time.GetUtcNow();
        var batch = new ImportBatch
        {
            Kind = chosen, FileName = shown, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)), ById = by.Id, At = now, Total = table.Value.Rows.Count,
            Mapping = ImportSheet.Write(await GuessAsync(chosen, table.Value, cancellation) with { Sheet = sheet, Area = AdministratorReach.Covers(by, root) ? root : null }),
        };
        await files.KeepAsync(batch.Id, content, cancellation);
        db.Add(batch);
        await db.CommitAsync(by.Act("requests.begin-import", now, shown), cancellation);
        return batch;
    }

    public async Task<Outcome<ImportBatch>> ChooseAsync(Actor by, Guid id, ImportChoice choice, CancellationToken cancellation)
    {
        if (await Mine(by).SingleOrDefaultAsync(b => b.Id == id, cancellation) is not { State: ImportState.Draft } batch)
        {
            return Unknown;
        }

        var before = ImportSheet.ReadChoice(batch.Mapping);
        var columns = choice.Columns.Where(c => c.Value.Length > 0 && ImportFields.Of(batch.Kind).Any(f => f.Key == c.Key)).ToDictionary();
        if (choice.Sheet is { Length: > 0 } sheet && sheet != before.Sheet)
        {
            // Another sheet has other columns: what was chosen for the first says nothing about them.
            await using var file = await files.OpenAsync(batch.Id, cancellation);
            var table = file is null ? FileGone : ImportSheet.Read(batch.Kind, file, batch.FileName, sheet);
            if (!table.Succeeded)
            {
                return table.Failure;
            }

            var guessed = await GuessAsync(batch.Kind, table.Value, cancellation);
            (before, batch.Total) = (before with { Sheet = sheet }, table.Value.Rows.Count);
            columns = columns.Count > 0 && columns.Values.All(table.Value.Header.Contains) ? columns : guessed.Columns.ToDictionary();
        }

        batch.Mapping = ImportSheet.Write(before with { Columns = columns });
        await db.CommitAsync(by.Act("requests.choose-import", time.GetUtcNow(), batch.FileName), cancellation);
        return batch;
    }

    /// <summary>What would happen; nothing is written. Rows that go through other use cases are really tried, and taken back.</summary>
    /// <param name="from">Rows that are left out: of a very long file a part is tried at a time.</param>
    public async Task<ImportPreview> PreviewAsync(Actor by, ImportBatch batch, CancellationToken cancellation, int from = 0)
    {
        var same = await db.Set<ImportBatch>().AsNoTracking().Where(b => b.Sha256 == batch.Sha256 && b.Kind == batch.Kind && b.Id != batch.Id && b.UndoneAt == null && (b.State == ImportState.Done || b.State == ImportState.Running))
            .OrderByDescending(b => b.At).Select(b => (DateTimeOffset?)b.At).FirstOrDefaultAsync(cancellation);
        var read = await SheetAsync(batch, cancellation);
        if (!read.Succeeded)
        {
            return new ImportPreview(null, [], 0, 0, 0, read.Failure, same);
        }

        var (sheet, sheets) = (read.Value, await SheetsAsync(batch, cancellation));
        if (sheet.Missing.Any())
        {
            return new ImportPreview(sheet, [], 0, 0, 0, null, same) { Sheets = sheets };
        }

        if (batch.Kind == ImportKind.Requests)
        {
            var tried = await requests.RunAsync(by, sheet, isDryRun: true, time.GetUtcNow(), null, cancellation);
            return tried.Succeeded
                ? new ImportPreview(sheet, [.. tried.Value.Rejected.Select(r => sheet.Flaw(r.Row, r.Problem))], tried.Value.Imported, tried.Value.Known, sheet.Table.Rows.Count, null, same) { Sheets = sheets }
                : new ImportPreview(sheet, [], 0, 0, 0, tried.Failure, same) { Sheets = sheets };
        }

        from = Math.Clamp(from, 0, Math.Max(0, sheet.Table.Rows.Count - 1));
        var tries = await rows.RunAsync(by, sheet, from, cancellation);
        return new ImportPreview(sheet, tries.Flaws, tries.Right, tries.Known, tries.Count, null, same) { From = from, Sheets = sheets, News = tries.News };
    }

    /// <summary>From now on the import goes on by itself.</summary>
    public async Task<Outcome<ImportBatch>> StartAsync(Actor by, Guid id, bool allOrNothing, CancellationToken cancellation)
    {
        if (await Mine(by).SingleOrDefaultAsync(b => b.Id == id, cancellation) is not { State: ImportState.Draft } batch)
        {
            return Unknown;
        }

        var read = await SheetAsync(batch, cancellation);
        if (!read.Succeeded)
        {
            return read.Failure;
        }

        if (read.Value.Missing.FirstOrDefault() is { } missing)
        {
            return new Failure.Invalid(missing.Key, "请选择哪一列是“{0}”。", new Word(missing.Text));
        }

        var (now, choice, headings) = (time.GetUtcNow(), read.Value.Choice with { AllOrNothing = allOrNothing }, ImportSheet.HeadingsOf(read.Value.Table));
        (batch.State, batch.Total, batch.Mapping) = (ImportState.Running, read.Value.Table.Rows.Count, ImportSheet.Write(choice));
        var remembered = ImportSheet.Write(new ImportChoice(null, choice.Columns));
        if (await db.Set<RememberedMapping>().FindAsync([batch.Kind, headings], cancellation) is { } known)
        {
            (known.Mapping, known.At) = (remembered, now);
        }
        else
        {
            db.Add(new RememberedMapping { Kind = batch.Kind, Headings = headings, Mapping = remembered, At = now });
        }

        await db.CommitAsync(by.Act("requests.start-import", now, batch.FileName), cancellation);
        return batch;
    }

    /// <summary>The rows that were not taken, as they were, with the reason: to be corrected and imported again.</summary>
    public async Task<byte[]?> RejectedAsync(Actor by, Guid id, Func<FieldProblem, string> words, string reason, CancellationToken cancellation)
    {
        if (await FindAsync(by, id, cancellation) is not { } batch || await SheetAsync(batch, cancellation) is not { Succeeded: true, Value: var sheet })
        {
            return null;
        }

        var why = (await db.Set<ImportItem>().AsNoTracking().Where(i => i.BatchId == id && i.Mark == Rejected).OrderBy(i => i.Row).ToListAsync(cancellation)).ToDictionary(i => i.Row, i => BeforeOf(cipher, i));
        var lines = new StringBuilder("\uFEFF").AppendLine(CsvTable.WordsOnly([.. sheet.Table.Header, reason]));
        foreach (var row in sheet.Table.Rows.Where(r => why.ContainsKey(r.Line)))
        {
            lines.AppendLine(CsvTable.WordsOnly([.. row.Cells, string.Join(" ", ReadProblems(why[row.Line]).Select(words))]));
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    public async Task<Outcome<ImportSheet>> SheetAsync(ImportBatch batch, CancellationToken cancellation)
    {
        await using var file = await files.OpenAsync(batch.Id, cancellation);
        var choice = ImportSheet.ReadChoice(batch.Mapping);
        if (file is null)
        {
            return FileGone;
        }

        var table = ImportSheet.Read(batch.Kind, file, batch.FileName, choice.Sheet);
        return table.Succeeded ? new ImportSheet(batch.Kind, table.Value, choice with { Columns = choice.Columns.Where(c => table.Value.Header.Contains(c.Value)).ToDictionary() }) : table.Failure;
    }

    public static IReadOnlyList<FieldProblem> ProblemsOf(Failure failure) => failure is Failure.Invalid invalid ? invalid.Problems : [new FieldProblem("row", failure.Message, failure.Values)];

    public static ImportItem RejectedItem(FieldCipher cipher, Guid batch, int row, IEnumerable<FieldProblem> problems) => new()
    {
        BatchId = batch, Row = row, Subject = "", Mark = Rejected, Before = Seal(cipher, batch, row, JsonSerializer.Serialize(problems.Select(p => new KeptProblem(p.Field, p.Message, [.. p.Values.Select(v => v switch { Word word => word.Key, Wording both => Texts.IsEnglish ? both.En : both.Zh, _ => $"{v}" })])), Json.Plain)),
    };

    public static SealedText? Seal(FieldCipher cipher, Guid batch, int row, string? text) => cipher.Seal(CellOf(batch, row), text);

    public static string? BeforeOf(FieldCipher cipher, ImportItem item) => cipher.Open(CellOf(item.BatchId, item.Row), item.Before);

    public static bool IsRejected(ImportItem item) => item.Mark == Rejected;

    private async Task<IReadOnlyList<string>> SheetsAsync(ImportBatch batch, CancellationToken cancellation)
    {
        await using var file = await files.OpenAsync(batch.Id, cancellation);
        return file is not null && SheetTable.Names(file) is { Count: > 1 } sheets ? sheets : [];
    }

    /// <summary>What the columns were the last time such headings came, else what they are called.</summary>
    private async Task<ImportChoice> GuessAsync(ImportKind kind, ImportTable table, CancellationToken cancellation)
    {
        var headings = ImportSheet.HeadingsOf(table);
        var remembered = await db.Set<RememberedMapping>().AsNoTracking().Where(m => m.Kind == kind && m.Headings == headings).Select(m => m.Mapping).SingleOrDefaultAsync(cancellation);
        return new ImportChoice(null, remembered is null ? ImportFields.Propose(kind, table.Header) : ImportSheet.ReadChoice(remembered).Columns);
    }

    private static IEnumerable<FieldProblem> ReadProblems(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<List<KeptProblem>>(json, Json.Plain)!.Select(p => new FieldProblem(p.Field, p.Message, [.. p.Values]));

    private static Cell CellOf(Guid batch, int row) => Cell.Of<ImportItem>(nameof(ImportItem.Before), $"{batch:N}/{row}");

    private IQueryable<ImportBatch> Mine(Actor by)
    {
        var seesAll = AdministratorReach.Covers(by, null);
        return db.Set<ImportBatch>().Where(b => seesAll || b.ById == by.Id);
    }

    private sealed record KeptProblem(string Field, string Message, IReadOnlyList<string> Values);
}
