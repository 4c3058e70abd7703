using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Requests.Life;
using Linli.Shell.Ledgers;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Ledgers;

/// <summary>佐证: one row for each file of a request; the files themselves stay where they are.</summary>
internal sealed class EvidenceSource(LinliDb db, RequestFilters filters, RequestColumns columns, RequestFacts facts, Texts texts, TimeProvider time)
    : RequestPartSource<EvidenceFact>(db, filters, columns, facts, time)
{
    public override string Key => "evidence";
    public override string Zh => "佐证";
    public override string En => "Evidence";

    protected override Task<IReadOnlyList<PartColumn<EvidenceFact>>> OwnAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        PartColumn<EvidenceFact> Of(string key, string zh, string en, CellKind kind, Func<EvidenceFact, object?> value, bool period = false) =>
            new(new LedgerColumn(key, zh, en, kind) { HasPeriod = period, InTotals = LedgerColumn.UsualInTotals(kind) }, value);
        return Task.FromResult<IReadOnlyList<PartColumn<EvidenceFact>>>(
        [
            Of("uploadedAt", "上传时间", "Uploaded", CellKind.Time, f => f.UploadedAt, period: true),
            Of("isPhoto", "照片", "Photo", CellKind.YesNo, f => f.ContentType.StartsWith("image/", StringComparison.Ordinal)),
            Of("name", "文件名", "File name", CellKind.Text, f => f.Name),
            Of("kilobytes", "大小（KB）", "Size (KB)", CellKind.Number, f => Math.Ceiling(f.Length / 1024m)),
            Of("isFromReporter", "群众提供", "From the reporter", CellKind.YesNo, f => f.IsFromReporter),
            Of("step", "哪一步", "Step", CellKind.Choice, f => f.Step is { } step ? texts[LifeTexts.Of(step).Key] : null),
        ]);
    }

    protected override IQueryable<EvidenceFact> Parts(IQueryable<ServiceRequest> requests, LedgerSpan? span)
    {
        var (isNarrowed, start, end) = (span?.Column == "uploadedAt", span?.From, span?.Until);
        return from photo in requests.SelectMany(r => r.Photos)
               join file in Db.Set<EvidenceFile>() on photo.EvidenceId equals file.Id
               where file.Scan != ScanState.Infected && (!isNarrowed || (file.UploadedAt >= start && file.UploadedAt < end))
               orderby photo.EventSequence, photo.EvidenceId
               select new EvidenceFact
               {
                   RequestId = photo.RequestId, UploadedAt = file.UploadedAt, ContentType = file.ContentType, Name = file.OriginalName, Length = file.Length, IsFromReporter = photo.IsFromReporter,
                   Step = Db.Set<RequestEvent>().Where(e => e.RequestId == photo.RequestId && e.Sequence == photo.EventSequence).Select(e => (Step?)e.Step).FirstOrDefault(),
               };
    }

    protected override Guid RequestOf(EvidenceFact part) => part.RequestId;
}

internal sealed record EvidenceFact
{
    public Guid RequestId { get; init; }
    public DateTimeOffset UploadedAt { get; init; }
    public required string ContentType { get; init; }
    public string? Name { get; init; }
    public long Length { get; init; }
    public bool IsFromReporter { get; init; }
    public Step? Step { get; init; }
}
