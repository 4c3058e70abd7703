using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.Clocks;
using Linli.Requests.Catalogue;

namespace Linli.Requests.Owners;

/// <summary>Why a line of the responsibility table decides, or does not.</summary>
public enum Verdict
{
    /// <summary>This is the proposal.</summary>
    Chosen,

    /// <summary>It would hold, but another line is more specific.</summary>
    LessSpecific,

    /// <summary>The reporter says that the request is about this organisation, or about one above it (回避).</summary>
    Concerned,

    /// <summary>The text complains about this organisation, or about one above it (回避).</summary>
    Mentioned,

    /// <summary>The organisation is no longer in use.</summary>
    Inactive,

    /// <summary>No line is left: the organisation above the one that the request is about.</summary>
    Superior,

    /// <summary>The line holds at other hours.</summary>
    OtherHours,

    /// <summary>The line holds on other days: it has ended, or has not begun.</summary>
    OtherDay,

    /// <summary>The line is for a site or an asset that the request does not name.</summary>
    OtherSite,
}

/// <summary>One organisation that was considered, the most specific first.</summary>
/// <param name="Line">Null for the superior, whom no line names.</param>
/// <param name="AreaName">Of the area that the line is for.</param>
/// <param name="Site">The name of the line's site as the request has it.</param>
internal sealed record Candidate(Organisation Organisation, Verdict Verdict, Responsibility? Line, Wording AreaName, string? Site)
{
    /// <summary>The line is for the type itself, not for its group.</summary>
    public bool IsForType => Line?.ServiceTypeCode is not null;
}

/// <summary>Who should handle a request, and why the others not.</summary>
/// <param name="Organisation">Null when no line fits: somebody has to choose.</param>
/// <param name="Complaint">The organisation that its text complains about.</param>
internal sealed record ResponsibilityProposal(Organisation? Organisation, IReadOnlyList<Candidate> Candidates, Complaint? Complaint = null)
{
    /// <summary>Every organisation with the line that says most about it: the one that is proposed, else its most specific one.</summary>
    public IEnumerable<Candidate> EachOnce =>
        Candidates.OrderByDescending(c => c.Verdict is Verdict.Chosen or Verdict.Superior).DistinctBy(c => c.Organisation.Id);
}
