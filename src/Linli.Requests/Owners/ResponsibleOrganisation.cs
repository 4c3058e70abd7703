using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Requests.Catalogue;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Owners;

/// <summary>Who answers for this, here, now?</summary>
/// <param name="ServiceType">Code of the type.</param>
/// <param name="AreaCode">Deepest known area; null when the place is not known: then only lines for the whole jurisdiction count.</param>
/// <param name="At">When it is to be dispatched.</param>
/// <param name="AboutOrganisationId">The organisation that the request complains about, as its reporter says.</param>
/// <param name="Words">Its text, address and answers: what names a site, an asset, or an organisation that it complains about.</param>
internal sealed record OwnerQuestion(string ServiceType, string? AreaCode, DateTimeOffset At, Guid? AboutOrganisationId = null, string Words = "")
{
    public static OwnerQuestion Of(ServiceRequest request, DateTimeOffset at) => new(
        request.ServiceTypeCode, request.AreaCode, at, request.AboutOrganisationId, string.Join('\n', request.Title, request.Text, request.Address, request.Answers));
}

/// <summary>
/// Finds who answers for a type of request in an area at a time. A line for a site that the request names goes before all others; then
/// one for the type before one for its group; in its hours a line for fewer hours before one for more; then the
/// deeper area before the one around it. Never an organisation that the request is about.
/// </summary>
internal sealed class ResponsibleOrganisation(LinliDb db, CatalogueReader catalogue)
{
    public async Task<ResponsibilityProposal> FindAsync(OwnerQuestion question, CancellationToken cancellation)
    {
        var snapshot = await catalogue.NowAsync(cancellation);
        var type = snapshot.Type(question.ServiceType) ?? throw new InvalidOperationException($"The catalogue has no service type {question.ServiceType}.");
        var lines = Sorted(snapshot.LinesFor(type), question);
        var all = await db.Set<Organisation>().AsNoTracking().ToDictionaryAsync(o => o.Id, cancellation);
        var codes = lines.Select(l => l.Line.AreaCode).Distinct().ToList();
        var areas = await db.Set<Area>().Where(a => codes.Contains(a.Code)).Select(a => new { a.Code, a.Name, a.NameEn })
            .ToDictionaryAsync(a => a.Code, a => new Wording(a.Name, a.NameEn ?? a.Name), cancellation);
        var complaint = Complaint.In(question.Words, all.Values);

        Organisation? chosen = null;
        var candidates = new List<Candidate>();
        foreach (var (line, refused, site) in lines)
        {
            var organisation = all[line.OrganisationId];
            var verdict = refused ?? (IsAtOrBelow(organisation, question.AboutOrganisationId, all) ? Verdict.Concerned
                : IsAtOrBelow(organisation, complaint?.Organisation.Id, all) ? Verdict.Mentioned
                : !organisation.IsActive ? Verdict.Inactive
                : chosen is null ? Verdict.Chosen
                : Verdict.LessSpecific);
            chosen = verdict == Verdict.Chosen ? organisation : chosen;
            candidates.Add(new Candidate(organisation, verdict, line, areas.GetValueOrDefault(line.AreaCode, new Wording(line.AreaCode, line.AreaCode)), site));
        }

        var about = question.AboutOrganisationId ?? complaint?.Organisation.Id;
        if (chosen is null && candidates.Any(c => c.Verdict is Verdict.Concerned or Verdict.Mentioned) && about is { } id
            && all.GetValueOrDefault(id)?.ParentId is { } above && all[above] is { IsActive: true } superior)
        {
            chosen = superior;
            candidates.Add(new Candidate(superior, Verdict.Superior, null, default, null));
        }

        return new ResponsibilityProposal(chosen, candidates, complaint);
    }

    /// <summary>Those that hold, the most specific first; then those that would, on another day, at another hour, or for another site.</summary>
    private static List<(Responsibility Line, Verdict? Refused, string? Site)> Sorted(IEnumerable<Responsibility> lines, OwnerQuestion question)
    {
        var local = LocalTime.Of(question.At);
        var (day, time) = (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
        var known = lines.ToList();
        var place = question.AreaCode ?? known.Select(l => l.AreaCode).MinBy(c => c.Length) ?? "";
        return [.. known.Where(l => place.StartsWith(l.AreaCode, StringComparison.Ordinal)).Select(l => (Line: l, Refused: RefusedOf(l), Site: l.SiteIn(question.Words)))
            .OrderBy(l => l.Refused is not null).ThenBy(l => l.Site is null).ThenBy(l => l.Line.ServiceTypeCode is null)
            .ThenBy(l => l.Line.HoursADay).ThenByDescending(l => l.Line.AreaCode.Length).ThenBy(l => l.Line.Id)];

        Verdict? RefusedOf(Responsibility line) =>
            !line.HoldsOn(day) ? Verdict.OtherDay
            : line.Site is not null && line.SiteIn(question.Words) is null ? Verdict.OtherSite
            : !line.HoldsAt(time) ? Verdict.OtherHours
            : null;
    }

    private static bool IsAtOrBelow(Organisation organisation, Guid? about, Dictionary<Guid, Organisation> all)
    {
        for (var current = organisation; about is not null && current is not null; current = current.ParentId is { } parent ? all.GetValueOrDefault(parent) : null)
        {
            if (current.Id == about)
            {
                return true;
            }
        }

        return false;
    }
}
