using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Catalogue;

/// <summary>Why a line of the responsibility table decides, or does not.</summary>
internal enum Verdict
{
    /// <summary>This is the proposal.</summary>
    Chosen,

    /// <summary>It would hold, but another line is more specific.</summary>
    LessSpecific,

    /// <summary>The request is about this organisation, or about one above it (回避).</summary>
    Concerned,

    /// <summary>The organisation is no longer in use.</summary>
    Inactive,

    /// <summary>No line is left: the organisation above the one that the request is about.</summary>
    Superior,
}

/// <summary>One organisation that was considered, the most specific first.</summary>
/// <param name="IsForType">The line is for the type itself, not for its group.</param>
/// <param name="AreaCode">The area that the line is for.</param>
internal sealed record Candidate(Organisation Organisation, Verdict Verdict, bool IsForType, string AreaCode, Wording AreaName, bool IsNightDuty, string? Source);

/// <summary>Who should handle a request, and why the others not.</summary>
/// <param name="Organisation">Null when no line fits: somebody has to choose.</param>
internal sealed record ResponsibilityProposal(Organisation? Organisation, IReadOnlyList<Candidate> Candidates);

/// <summary>
/// Finds who answers for a type of request in an area at a time. A line for the type goes before one for its group; at night a night
/// line before the others; then the deeper area before the one around it. Never an organisation that the request is about.
/// </summary>
internal sealed class ResponsibleOrganisation(LinliDb db, CatalogueReader catalogue)
{
    /// <summary>Night duty takes over when the offices close, and ends when they open.</summary>
    private static readonly TimeOnly Closing = new(18, 0);
    private static readonly TimeOnly Opening = new(8, 30);

    /// <param name="serviceTypeCode">The type of the request.</param>
    /// <param name="areaCode">Deepest known area; null when the place is not known: then only lines for the whole jurisdiction count.</param>
    /// <param name="at">When it is to be dispatched.</param>
    /// <param name="aboutOrganisationId">The organisation that the request complains about.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<ResponsibilityProposal> FindAsync(string serviceTypeCode, string? areaCode, DateTimeOffset at, Guid? aboutOrganisationId, CancellationToken cancellation)
    {
        var snapshot = await catalogue.NowAsync(cancellation);
        var type = snapshot.Type(serviceTypeCode) ?? throw new InvalidOperationException($"The catalogue has no service type {serviceTypeCode}.");
        var lines = LinesAt(snapshot.LinesFor(type), areaCode, LocalTime.Of(at));
        var organisations = await OrganisationsAsync([.. lines.Select(l => l.OrganisationId).Append(aboutOrganisationId ?? Guid.Empty)], cancellation);
        var codes = lines.Select(l => l.AreaCode).Distinct().ToList();
        var areas = await db.Set<Area>().Where(a => codes.Contains(a.Code)).Select(a => new { a.Code, a.Name, a.NameEn })
            .ToDictionaryAsync(a => a.Code, a => new Wording(a.Name, a.NameEn ?? a.Name), cancellation);

        Organisation? chosen = null;
        var candidates = new List<Candidate>();
        foreach (var line in lines)
        {
            var organisation = organisations[line.OrganisationId];
            var verdict = IsBelow(organisation, aboutOrganisationId, organisations) ? Verdict.Concerned
                : !organisation.IsActive ? Verdict.Inactive
                : chosen is null ? Verdict.Chosen
                : Verdict.LessSpecific;
            chosen = verdict == Verdict.Chosen ? organisation : chosen;
            candidates.Add(new Candidate(organisation, verdict, line.ServiceTypeCode is not null, line.AreaCode, areas.GetValueOrDefault(line.AreaCode, new Wording(line.AreaCode, line.AreaCode)), line.IsNightDuty, line.Source));
        }

        if (chosen is null && lines.Count > 0 && aboutOrganisationId is { } about && organisations.GetValueOrDefault(about)?.ParentId is { } above && organisations[above] is { IsActive: true } superior)
        {
            chosen = superior;
            candidates.Add(new Candidate(superior, Verdict.Superior, false, superior.AreaCode, default, false, null));
        }

        return new ResponsibilityProposal(chosen, candidates);
    }

    private static List<Responsibility> LinesAt(IEnumerable<Responsibility> lines, string? areaCode, DateTimeOffset local)
    {
        var (day, time) = (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
        var isNight = !time.IsBetween(Opening, Closing);
        var held = lines.Where(l => l.HoldsOn(day) && (isNight || !l.IsNightDuty)).ToList();
        var place = areaCode ?? held.Select(l => l.AreaCode).MinBy(c => c.Length) ?? "";
        return [.. held.Where(l => place.StartsWith(l.AreaCode, StringComparison.Ordinal))
            .OrderBy(l => l.ServiceTypeCode is null).ThenByDescending(l => l.IsNightDuty).ThenByDescending(l => l.AreaCode.Length).ThenBy(l => l.Id)];
    }

    /// <summary>These organisations and all above them.</summary>
    private async Task<Dictionary<Guid, Organisation>> OrganisationsAsync(List<Guid> wanted, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, Organisation>();
        while (wanted.Count > 0)
        {
            var read = await db.Set<Organisation>().AsNoTracking().Where(o => wanted.Contains(o.Id)).ToListAsync(cancellation);
            read.ForEach(o => found[o.Id] = o);
            wanted = [.. read.Select(o => o.ParentId).OfType<Guid>().Where(id => !found.ContainsKey(id)).Distinct()];
        }

        return found;
    }

    private static bool IsBelow(Organisation organisation, Guid? about, Dictionary<Guid, Organisation> organisations)
    {
        for (var current = organisation; about is not null && current is not null; current = current.ParentId is { } parent ? organisations.GetValueOrDefault(parent) : null)
        {
            if (current.Id == about)
            {
                return true;
            }
        }

        return false;
    }
}
