using System.Globalization;
using System.Text;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Audit;

/// <summary>The log as a table to take along. That somebody took it, and which part, is an entry before the first row is written.</summary>
internal sealed class AuditExport(ReadAudit read, AuditReads reads, CurrentActor me, TimeProvider time)
{
    public const string Verb = "audit.export";
    public const int MostRows = 100_000;

    private static readonly string[] Columns = ["number", "record", "time", "actor_kind", "actor", "login", "kind", "verb", "what", "subject", "reason", "changes"];

    public async Task<IResult> HandleAsync(AuditQuery query, CancellationToken cancellation)
    {
        var filter = query.Read();
        if (!filter.Succeeded)
        {
            return Refusal.Of(filter.Failure);
        }

        // What was typed as a person or a subject may be anything; it is not kept.
        var (asked, now) = (filter.Value, time.GetUtcNow());
        await reads.RecordAsync(me.Value.Act(Verb, now, string.Create(CultureInfo.InvariantCulture, $"{asked.From:yyyy-MM-dd}…{asked.Until:yyyy-MM-dd}")), cancellation);
        return Results.Stream(stream => WriteAsync(asked, stream, cancellation), "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"linli-audit-{LocalTime.Of(now):yyyyMMdd-HHmm}.csv"));
    }

    private async Task WriteAsync(AuditFilter filter, Stream stream, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(true), leaveOpen: true);
        await writer.WriteAsync(CsvTable.Line(Columns) + "\r\n");
        await foreach (var line in read.AllAsync(filter, me.Value, MostRows, cancellation))
        {
            string[] cells =
            [
                line.Sequence?.ToString(CultureInfo.InvariantCulture) ?? "", line.Id.ToString(CultureInfo.InvariantCulture), LocalTime.Of(line.At).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
                $"{line.ActorKind}", line.Actor, line.Login ?? "", $"{line.Kind}", line.Verb, line.What, line.Subject ?? "", line.Reason ?? "", line.Changes,
            ];
            await writer.WriteAsync(CsvTable.WordsOnly(cells) + "\r\n");
        }
    }
}
