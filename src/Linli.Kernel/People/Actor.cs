namespace Linli.Kernel.People;

/// <summary>Who acts, with what they may do at this moment. Loaded anew for every call, so that a change of post works at once.</summary>
/// <param name="Id">The account; empty for a resident without one and for Linli itself.</param>
/// <param name="Name">As shown in histories.</param>
public sealed record Actor(ActorKind Kind, Guid Id, string Name, IReadOnlyList<Post> Posts)
{
    /// <summary>Blind indexes of a member of staff's names, former ones too, by which what is about them is kept from them (回避); the names there are sealed.</summary>
    public IReadOnlyList<string> NameIndexes { get; init; } = [];

    /// <summary>The program that calls, by its key; what it does is its own in the audit log, whosever part it plays. Null for people.</summary>
    public Guid? Program { get; init; }

    /// <summary>A resident or passer-by without an account.</summary>
    public static Actor Anonymous { get; } = new(ActorKind.Resident, Guid.Empty, "群众", []);

    /// <summary>Linli itself: time, rules, import.</summary>
    public static Actor System { get; } = new(ActorKind.System, Guid.Empty, "系统", []);

    public bool IsStaff => Kind == ActorKind.Staff && Posts.Count > 0;

    public bool Is(Role role) => Posts.Any(p => p.Role == role);

    /// <summary>Holds the role for an area that contains the matter's, for its service group, and is cleared for it.</summary>
    public bool Covers(Role role, Matter matter) => Posts.Any(p => p.Role == role && p.IsFor(matter) && p.IsOver(matter.AreaCode));

    /// <summary>Holds the role for this organisation or for one above it, for the matter's service group, and is cleared for it.</summary>
    public bool Serves(Role role, Guid? organisationId, Matter matter) =>
        organisationId is { } id && Posts.Any(p => p.Role == role && p.IsFor(matter) && p.Organisations.Contains(id));

    /// <summary>Every organisation that the actor belongs to, in whatever role, with those below it.</summary>
    public IEnumerable<Guid> Organisations => Posts.SelectMany(p => p.Organisations).Distinct();

    /// <summary>The organisations whose matters are the actor's own: where the actor belongs, and those above. What is about one of them is not for the actor (回避).</summary>
    public IEnumerable<Guid> OwnOrganisations => Posts.SelectMany(p => p.Above).Distinct();

    public Act Act(string verb, DateTimeOffset at, string? subject = null, string? reason = null) =>
        Program is { } program ? new(ActorKind.Program, program, verb, at, subject, reason) : new(Kind, Id, verb, at, subject, reason);
}

/// <summary>One valid appointment of an actor.</summary>
/// <param name="OrganisationId">The organisation itself; null for posts of the jurisdiction.</param>
/// <param name="Organisations">The organisation and everything below it.</param>
/// <param name="IsJurisdictionWide">The area is the whole jurisdiction (the county).</param>
/// <param name="Above">The organisation and everything above it.</param>
/// <param name="Groups">Codes of the service groups that it is limited to; null for all.</param>
/// <param name="SeesSensitive">Cleared for sensitive matters.</param>
public sealed record Post(
    Role Role, Guid? OrganisationId, string AreaCode, bool IsJurisdictionWide, IReadOnlyList<Guid> Organisations, IReadOnlyList<Guid> Above,
    IReadOnlyList<string>? Groups = null, bool SeesSensitive = false)
{
    /// <summary>Its service groups and its clearance allow it; where it is does not matter here.</summary>
    public bool IsFor(Matter matter) => (SeesSensitive || !matter.IsSensitive) && (Groups is null || (matter.Group is { } group && Groups.Contains(group)));

    /// <summary>Its area contains this one; what has no area belongs to the whole jurisdiction.</summary>
    public bool IsOver(string? areaCode) => areaCode is null ? IsJurisdictionWide : areaCode.StartsWith(AreaCode, StringComparison.Ordinal);
}
