using System.Text.Json;
using Linli.Kernel;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Routing.Classifying;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Suggestions;

/// <summary>
/// Learns a model from the county's own history: the final types of the requests that were dispatched. Compares it with what is in use on
/// the last part of the period, which neither has seen, and takes its place only when it is better or somebody insists.
/// </summary>
internal sealed class LearnFromHistory(LinliDb db, SuggestionSource source, CatalogueReader catalogue, TimeProvider time)
{
    public const int LeastTexts = 50, LeastHeldOut = 20;
    private const int MostTexts = 100_000;

    /// <param name="Version">Of the new model; null when it was not taken.</param>
    public sealed record Result(ModelComparison Comparison, int? Version);

    private sealed record Handled(DateTimeOffset ReportedAt, LabelledText Text);

    public async Task<Outcome<Result>> RunAsync(bool force, CancellationToken cancellation)
    {
        var history = await HistoryAsync(cancellation);
        if (history.Count < LeastTexts || history.Select(h => h.Text.Label).Distinct().Count() < 2)
        {
            return new Failure.Conflict("too_few_requests", "派出过的诉求有 {0} 件。至少要有 {1} 件、两类事项，才学得到东西。", history.Count, LeastTexts);
        }

        var models = await db.Set<RoutingModel>().Select(m => new { m.Version, m.IsInUse, m.TrainedAt }).ToListAsync(cancellation);
        var current = await source.NowAsync(cancellation);
        var seenUntil = models.FirstOrDefault(m => m.IsInUse)?.TrainedAt ?? DateTimeOffset.MinValue;
        var held = history[(history.Count * 4 / 5)..].Where(h => h.ReportedAt > seenUntil).ToList();
        if (held.Count < LeastHeldOut && !force)
        {
            return new Failure.Conflict("too_few_new_requests", "现用模型没见过的诉求只有 {0} 件，不够比较（至少 {1} 件）。过些时候再训练，或加 --force。", held.Count, LeastHeldOut);
        }

        var version = models.Select(m => m.Version).DefaultIfEmpty(0).Max() + 1;
        var learned = history.Where(h => held.Count == 0 || h.ReportedAt < held[0].ReportedAt).Select(h => h.Text).ToList();
        var heldOut = held.ConvertAll(h => h.Text);
        var trial = new OwnModel(version, Train(learned, cancellation));
        var comparison = new ModelComparison(
            learned.Count, heldOut.Count, current.Model, SuggesterScore.Of(current, heldOut), SuggesterScore.Of(await source.WithAsync(trial, cancellation), heldOut));
        return !comparison.IsBetter && !force
            ? new Result(comparison, null)
            : new Result(comparison, await KeepAsync(version, Train([.. history.Select(h => h.Text)], cancellation), comparison, cancellation));
    }

    /// <summary>Goes back to an earlier model, or to none with 0.</summary>
    public async Task<Outcome<int>> UseAsync(int version, CancellationToken cancellation)
    {
        if (version != 0 && !await db.Set<RoutingModel>().AnyAsync(m => m.Version == version, cancellation))
        {
            return new Failure.NotFound("没有第 {0} 版模型。", version);
        }

        foreach (var model in await db.Set<RoutingModel>().Where(m => m.IsInUse || m.Version == version).ToListAsync(cancellation))
        {
            model.IsInUse = model.Version == version;
        }

        await db.CommitAsync(Act.BySystem("requests.use-routing", time.GetUtcNow(), version.ToString(System.Globalization.CultureInfo.InvariantCulture)), cancellation);
        return version;
    }

    private TextClassifier Train(IReadOnlyList<LabelledText> texts, CancellationToken cancellation) =>
        ClassifierTraining.Train(texts, new TrainingOptions("own history", time.GetUtcNow(), Known: ShippedModel.Value), cancellation);

    private async Task<int> KeepAsync(int version, TextClassifier model, ModelComparison comparison, CancellationToken cancellation)
    {
        using var file = new MemoryStream();
        ModelFile.Write(model, file);
        foreach (var former in await db.Set<RoutingModel>().Where(m => m.IsInUse).ToListAsync(cancellation))
        {
            former.IsInUse = false;
        }

        var now = time.GetUtcNow();
        db.Add(new RoutingModel
        {
            Version = version, TrainedAt = now.ToUniversalTime(), Texts = model.Card.Texts, File = file.ToArray(), Comparison = JsonSerializer.Serialize(comparison, Json.Plain), IsInUse = true,
        });
        await db.CommitAsync(Act.BySystem("requests.train-routing", now, version.ToString(System.Globalization.CultureInfo.InvariantCulture)), cancellation);
        return version;
    }

    /// <summary>In the order in which they were reported; the newest, where there are very many.</summary>
    private async Task<List<Handled>> HistoryAsync(CancellationToken cancellation)
    {
        var types = (await catalogue.NowAsync(cancellation)).Types.Select(t => t.Code).ToHashSet();
        var rows = await db.Set<ServiceRequest>().AsNoTracking()
            .Where(r => r.LeadOrganisationId != null && r.State != RequestState.Merged && r.State != RequestState.Declined && r.State != RequestState.Withdrawn)
            .OrderByDescending(r => r.ReportedAt).ThenByDescending(r => r.Id).Take(MostTexts)
            .Select(r => new { r.ReportedAt, r.ServiceTypeCode, r.Title, r.Text }).ToListAsync(cancellation);
        rows.Reverse();
        return [.. rows.Where(r => types.Contains(r.ServiceTypeCode)).Select(r => new Handled(r.ReportedAt, new LabelledText(r.ServiceTypeCode, LabelledText.Join(r.Title, r.Text))))];
    }
}
