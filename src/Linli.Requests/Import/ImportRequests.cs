using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Kernel.Places;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Requests.Report;
using Linli.Requests.Search;
using Linli.Requests.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Import;

/// <summary>
/// 导入: brings in requests from another system's file. Everything is understood before anything is written, and all of it is written in
/// one transaction: a crash leaves nothing behind. Rows that are here already (same source and external id) are skipped, so that
/// it can be run again. Nobody is told about single requests; their clocks start now, not when they were reported elsewhere.
/// </summary>
internal sealed class ImportRequests(
    LinliDb db, CatalogueReader catalogue, SuggestionSource suggestions, Timekeeping timekeeping, Gazetteers gazetteers, ContactVault contacts, KeepOriginals originals, TimeProvider time)
{
    private const int Batch = 500;

    public async Task<Outcome<ImportReport>> RunAsync(
        string file, ImportMapping mapping, bool isDryRun, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        var table = ImportTable.Read(file, [.. mapping.Columns()], mapping.Sheet);
        return table.Succeeded ? await RunAsync(table.Value, mapping, isDryRun, Actor.System, progress: progress, cancellation: cancellation) : table.Failure;
    }

    /// <param name="by">Who imports.</param>
    /// <param name="refuses">What else may be wrong with a row.</param>
    /// <param name="made">Told of each request before it is written.</param>
    /// <param name="takesSome">False: nothing is written when one row is wrong.</param>
    public async Task<Outcome<ImportReport>> RunAsync(
        ImportTable table, ImportMapping mapping, bool isDryRun, Actor by, Func<ImportedRow, FieldProblem?>? refuses = null, Action<ImportedRow, ServiceRequest>? made = null, bool takesSome = true,
        IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        var world = await ImportWorld.LoadAsync(db, catalogue, suggestions, mapping.Source, cancellation);
        if (RowReader.Check(mapping, world) is { } wrong)
        {
            return wrong;
        }

        var reader = new RowReader(mapping, table, world, await gazetteers.CurrentAsync(cancellation), time.GetUtcNow());
        var (rows, known, rejected) = Understand(reader, table, world, refuses, progress, cancellation);
        var newcomers = Newcomers(rows, mapping, world);
        if (!isDryRun && rows.Count > 0 && (takesSome || rejected.Count == 0))
        {
            try
            {
                await WriteAsync(rows, newcomers, mapping, world, by, made, progress, cancellation);
            }
            catch (Exception lost) when (lost is DbUpdateException or InvalidOperationException { InnerException: DbUpdateException } && !cancellation.IsCancellationRequested)
            {
                // PostgreSQL may choose this import as the victim of a deadlock while the other one is still writing.
                var isDeadlock = lost is InvalidOperationException;
                db.ChangeTracker.Clear();
                var nowKnown = (await ImportWorld.LoadAsync(db, catalogue, suggestions, mapping.Source, cancellation)).Known;
                if (!isDeadlock && !rows.Any(r => nowKnown.Contains(r.ExternalId)))
                {
                    throw;
                }

                return new Failure.Conflict("import_overtaken", "同一来源的另一次导入刚刚写入了这些诉求，这一次什么也没有写。请再运行一次。");
            }
        }

        return new ImportReport(
            isDryRun, table, rows.Count, known, rejected, [.. newcomers.Select(o => o.Name)],
            [.. rows.GroupBy(r => r.Type).OrderByDescending(g => g.Count()).Select(g => (g.Key.NameZh, g.Key.NameEn, g.Count()))],
            [.. rows.GroupBy(r => r.State).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))]);
    }

    private static (List<ImportedRow> Rows, int Known, List<RejectedRow> Rejected) Understand(
        RowReader reader, ImportTable table, ImportWorld world, Func<ImportedRow, FieldProblem?>? refuses, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var (rows, known, rejected) = (new List<ImportedRow>(table.Rows.Count), 0, new List<RejectedRow>());
        foreach (var row in table.Rows)
        {
            var (understood, problem) = reader.Read(row);
            if (understood is null)
            {
                rejected.Add(new RejectedRow(row, problem!));
            }
            else if (refuses?.Invoke(understood) is { } refused)
            {
                rejected.Add(new RejectedRow(row, refused));
            }
            else if (world.Known.Contains(understood.ExternalId))
            {
                known++;
            }
            else
            {
                rows.Add(understood);
            }

            if ((rows.Count + known + rejected.Count) % Batch == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new ImportProgress(ImportPhase.Reading, rows.Count + known + rejected.Count, table.Rows.Count));
            }
        }

        return (rows, known, rejected);
    }

    private static List<Organisation> Newcomers(List<ImportedRow> rows, ImportMapping mapping, ImportWorld world)
    {
        if (mapping.Organisation?.Create is not { } create)
        {
            return [];
        }

        var names = rows.Select(r => r.Organisation).OfType<string>().Distinct().Where(n => !world.Organisations.ContainsKey(n)).Order(StringComparer.Ordinal);
        List<Organisation> newcomers = [.. names.Select(name => new Organisation
        {
            Code = $"{mapping.Source}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..10]}",
            Name = name,
            Kind = create.Kinds.FirstOrDefault(k => name.Contains(k.Contains, StringComparison.Ordinal))?.Kind ?? create.Kind,
            AreaCode = create.Area,
            IsActive = create.Active,
        })];
        newcomers.ForEach(o => world.Organisations[o.Name] = o.Id);
        return newcomers;
    }

    private async Task WriteAsync(
        List<ImportedRow> rows, List<Organisation> newcomers, ImportMapping mapping, ImportWorld world, Actor by, Action<ImportedRow, ServiceRequest>? made, IProgress<ImportProgress>? progress,
        CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var numbers = await DrawNumbersAsync(rows, cancellation);
        var keeper = await timekeeping.GetAsync(cancellation);
        db.AddRange(newcomers);
        var written = 0;
        foreach (var batch in rows.Chunk(Batch))
        {
            foreach (var (i, row) in batch.Index())
            {
                var request = Compose(row, numbers[written + i], mapping, world, keeper, now);
                db.Add(request);
                made?.Invoke(row, request);
            }

            written += batch.Length;
            if (written == rows.Count)
            {
                db.Publish(new RequestsImported(mapping.Source, written, now));
            }

            await db.CommitAsync(by.Act("requests.import", now, $"{mapping.Source} {written}/{rows.Count}"), cancellation);
            db.ChangeTracker.Clear();
            progress?.Report(new ImportProgress(ImportPhase.Writing, written, rows.Count));
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Numbers of the days on which they were reported. A busy day draws one twice now and then, so all are drawn before.</summary>
    private async Task<List<string>> DrawNumbersAsync(List<ImportedRow> rows, CancellationToken cancellation)
    {
        var drawn = new HashSet<string>();
        var numbers = rows.ConvertAll(r => Draw(r, drawn));
        for (var taken = new List<int>(); ; taken.Clear())
        {
            foreach (var chunk in numbers.Index().Chunk(Batch))
            {
                var asked = chunk.Select(n => n.Item).ToList();
                var used = await db.Set<ServiceRequest>().Where(r => asked.Contains(r.Number)).Select(r => r.Number).ToListAsync(cancellation);
                taken.AddRange(chunk.Where(n => used.Contains(n.Item)).Select(n => n.Index));
            }

            if (taken.Count == 0)
            {
                return numbers;
            }

            taken.ForEach(i => numbers[i] = Draw(rows[i], drawn));
        }

        static string Draw(ImportedRow row, HashSet<string> drawn)
        {
            string number;
            do
            {
                number = RequestNumber.Draw(row.ReportedAt);
            }
            while (!drawn.Add(number));
            return number;
        }
    }

    private ServiceRequest Compose(ImportedRow row, string number, ImportMapping mapping, ImportWorld world, Timekeeper keeper, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        Guid? organisation = row.Organisation is { } name && world.Organisations.TryGetValue(name, out var known) ? known : null;
        var isHandled = row.State is not (RequestState.Reported or RequestState.Declined);
        var request = new ServiceRequest
        {
            Id = id, Number = number, Title = row.Title, Text = row.Text, ServiceTypeCode = row.Type.Code, GroupCode = row.Type.GroupCode, IsSensitive = row.Type.IsSensitive,
            AreaCode = row.AreaCode, Address = row.Address, Channel = Channel.Import, ReportedAt = row.ReportedAt,

            // Nobody holds the code: whoever reported it did so elsewhere.
            SecretHash = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            IdempotencyHash = SecretCode.HashOfKey(Convert.ToHexString(RandomNumberGenerator.GetBytes(16))),
            ExternalSource = mapping.Source, ExternalId = row.ExternalId,

            // Written for another place: public here only after somebody has looked at it.
            Visibility = row.Type.Visibility == Visibility.Public ? Visibility.AfterCheck : row.Type.Visibility,
            LeadOrganisationId = isHandled ? organisation : null,
            DispatchedAt = isHandled ? now : null,
            ResolvedAt = row.State is RequestState.Resolved or RequestState.Closed ? row.ClosedAt ?? now : null,
            ClosedAt = row.State.IsOpen() ? null : row.ClosedAt ?? row.ReportedAt,
            Supporters = 1 + row.Joined,
            SearchText = SearchText.Of(row.Title, row.Text, row.Address, row.Type.NameZh, row.Type.NameEn),
            Contact = contacts.Seal(id, new OpenContact(row.ContactName, row.ContactPhone, null, null, null)),
        };
        request.Take(Step.Report, Actor.Anonymous, row.ReportedAt);
        var taken = request.Take(Step.Import, Actor.System, now, row.State);
        (taken.OrganisationId, taken.InternalText) = (organisation, row.History);
        taken.Details = JsonSerializer.Serialize(new { source = mapping.Source, externalId = row.ExternalId, original = row.Kept.ToDictionary(k => k.Key, k => PersonalNumbers.Mask(k.Value)) }, Json.Plain);
        keeper.Apply(request, row.Type, taken);
        originals.Of(request);
        return request;
    }
}
