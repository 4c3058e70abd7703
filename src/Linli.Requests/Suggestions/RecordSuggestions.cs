using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Owners;
using Linli.Requests.Read;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Suggestions;

/// <summary>Writes down what was suggested and what somebody chose, in the commit of the choice itself. What was suggested is worked out anew: the same text, models and table give the same answer.</summary>
internal sealed class RecordSuggestions(LinliDb db, SuggestionSource source, ResponsibleOrganisation responsible, PlaceHints places)
{
    private const int LongestWhy = 400;

    /// <summary>For a report, which is not tracked (<see cref="LinliDb.AddNew"/>).</summary>
    public async Task TypeOfReportAsync(ServiceRequest request, Actor by, DateTimeOffset at, CancellationToken cancellation) =>
        db.AddNew(await ChosenTypeAsync(request, request.ServiceTypeCode, SuggestionStage.Report, by, at, cancellation));

    public async Task TypeAsync(ServiceRequest request, string chosen, SuggestionStage stage, Actor by, DateTimeOffset at, CancellationToken cancellation) =>
        db.Add(await ChosenTypeAsync(request, chosen, stage, by, at, cancellation));

    /// <summary>Whoever dispatches says with it that the type is right; once for a request.</summary>
    public async Task ConfirmTypeAsync(ServiceRequest request, Actor by, DateTimeOffset at, CancellationToken cancellation)
    {
        if (!await db.Set<SuggestionRecord>().AnyAsync(s => s.RequestId == request.Id && s.Kind == SuggestionKind.Type && s.Stage == SuggestionStage.Dispatch, cancellation))
        {
            await TypeAsync(request, request.ServiceTypeCode, SuggestionStage.Dispatch, by, at, cancellation);
        }
    }

    public async Task OwnerAsync(ServiceRequest request, string chosen, Actor by, DateTimeOffset at, CancellationToken cancellation)
    {
        var proposal = await responsible.FindAsync(OwnerQuestion.Of(request, at), cancellation);
        var line = proposal.Candidates.FirstOrDefault(c => c.Verdict is Verdict.Chosen or Verdict.Superior);
        var why = line?.Line is { } held ? string.Join(' ', new[] { held.ServiceTypeCode ?? held.GroupCode, held.AreaCode, line.Site, held.IsNightDuty ? "night" : null }.Where(w => w is not null)) : line?.Verdict.ToString() ?? "";
        db.Add(Record(request, SuggestionKind.Owner, SuggestionStage.Dispatch, by, at, proposal.Organisation?.Code, null, chosen, why, "table"));
    }

    public async Task PlaceAsync(ServiceRequest request, string chosen, Actor by, DateTimeOffset at, CancellationToken cancellation)
    {
        var first = (await places.OfAsync(request, cancellation)).FirstOrDefault(p => !p.IsTaken);
        db.Add(Record(request, SuggestionKind.Place, SuggestionStage.Dispatch, by, at, first?.AreaCode, first?.Confidence, chosen, string.Join(' ', first?.Reasons ?? []), "gazetteer"));
    }

    private async Task<SuggestionRecord> ChosenTypeAsync(ServiceRequest request, string chosen, SuggestionStage stage, Actor by, DateTimeOffset at, CancellationToken cancellation)
    {
        var suggested = (await source.NowAsync(cancellation)).Of(request);
        var first = suggested.Types.Count > 0 ? suggested.Types[0] : null;
        return Record(request, SuggestionKind.Type, stage, by, at, suggested.Best?.Type.Code, first?.Confidence, chosen, string.Join(' ', first?.Words ?? []), suggested.Model);
    }

    private static SuggestionRecord Record(
        ServiceRequest request, SuggestionKind kind, SuggestionStage stage, Actor by, DateTimeOffset at, string? suggested, double? confidence, string chosen, string why, string model) => new()
        {
            RequestId = request.Id, Kind = kind, Stage = stage, At = at.ToUniversalTime(), Actor = by.Kind, ActorId = by.Id, Suggested = suggested,
            Confidence = confidence, Chosen = chosen, Why = why.Length <= LongestWhy ? why : why[..LongestWhy], Model = model,
        };
}
