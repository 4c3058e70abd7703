using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Privacy;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Import.Assistant;

/// <summary>Requests go through the import for whole files (<see cref="ImportRequests"/>), by a mapping that is made of the chosen columns.</summary>
internal sealed class RequestRows(LinliDb db, ImportRequests import)
{
    /// <summary>As people and programs write times; without an offset the county's clock is meant.</summary>
    private static readonly string[] Times =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.fffK",
        $"yyyy{Year}M{Month}d{Day}", $"yyyy{Year}M{Month}d{Day} H:mm",
    ];

    /// <summary>The characters for year, month and day.</summary>
    private const char Year = (char)0x5E74, Month = (char)0x6708, Day = (char)0x65E5;

    private const string RowNumber = "\u0001row";
    private const string Now = "\u0001now";

    public async Task<Outcome<ImportReport>> RunAsync(Actor by, ImportSheet sheet, bool isDryRun, DateTimeOffset now, Action<ImportedRow, ServiceRequest>? made, CancellationToken cancellation) => await import.RunAsync(
        Widened(sheet, now), MappingOf(sheet), isDryRun, by, row => AdministratorReach.Covers(by, row.AreaCode) ? null : new FieldProblem("area", "这超出了您的管理员岗位的范围。请由负责那个区域或全县的管理员来做。"),
        made, takesSome: !sheet.Choice.AllOrNothing, cancellation: cancellation);

    public static string MarkOf(ServiceRequest request) => $"{request.Version}/{request.Supporters}/{request.ClockRevision}";

    public async Task<FieldProblem?> UndoAsync(ImportItem item, CancellationToken cancellation)
    {
        var id = Guid.Parse(item.Subject);
        if (await db.Set<ServiceRequest>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation) is not { } request)
        {
            return null;
        }

        if (MarkOf(request) != item.Mark || await db.Set<ServiceRequest>().AnyAsync(r => r.MergedIntoId == id, cancellation) || await db.Set<LegalHold>().AnyAsync(h => h.RequestId == id, cancellation)
            || await db.Set<Unmasking>().AnyAsync(u => u.RequestId == id, cancellation))
        {
            return new FieldProblem("row", "诉求 {0} 导入以后已经有人办理或看过。", request.Number);
        }

        await db.Set<ServiceRequest>().Where(r => r.Id == id && r.Version == request.Version).ExecuteDeleteAsync(cancellation);
        return null;
    }

    /// <summary>With what a file without numbers or times lacks, and with days that Excel shows as numbers as days.</summary>
    private static ImportTable Widened(ImportSheet sheet, DateTimeOffset now)
    {
        var at = sheet.Choice.Columns.TryGetValue("reportedAt", out var heading) ? Array.IndexOf(sheet.Table.Header, heading) : -1;
        var written = now.ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture);
        return sheet.Table with
        {
            Header = [.. sheet.Table.Header, RowNumber, Now],
            Rows = [.. sheet.Table.Rows.Select(r => r with { Cells = [.. r.Cells.Select((c, i) => i == at ? DayOf(c) : c), NameLookups.MarkOf(r.Cells)[..16], written] })],
        };
    }

    /// <summary>Excel counts days from 1900; a cell without the format of a date holds the bare number. Between 1954 and 2119, so that no year or number of a case is taken for one.</summary>
    private static string DayOf(string cell) => cell.Length >= 5 && double.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) && days is >= 20_000 and < 80_000
        ? DateTime.FromOADate(days).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : cell;

    private static ImportMapping MappingOf(ImportSheet sheet)
    {
        RowTemplate? Of(string field) => sheet.Choice.Columns.TryGetValue(field, out var heading) ? RowTemplate.Of($"{{{heading}}}") : null;
        IReadOnlyList<RowTemplate> List(string field) => Of(field) is { } one ? [one] : [];
        var said = RowTemplate.Of($"{{{sheet.Choice.Columns.GetValueOrDefault("title", "")}}} {{{sheet.Choice.Columns.GetValueOrDefault("text", "")}}}");
        return new ImportMapping
        {
            NameZh = "", NameEn = "", Source = "file-" + ImportSheet.HeadingsOf(sheet.Table)[..12],
            Id = Of("id") ?? RowTemplate.Of($"{{{RowNumber}}}"), Title = Of("title"), Text = List("text"),
            ReportedAt = new TimeMapping(Of("reportedAt") ?? RowTemplate.Of($"{{{Now}}}"), Times), Address = Of("address"),
            Area = new AreaMapping { Look = List("area"), Find = [said], Default = sheet.Choice.Area },
            ServiceType = new ServiceTypeMapping { Look = List("serviceType"), SuggestFrom = said, Default = "other" },
            Contact = new ContactMapping(Of("name"), Of("phone")),
        };
    }
}
