namespace Linli.Kernel.Organisations;

public enum OrganisationKind
{
    Government,
    Department,
    Township,
    VillageCommittee,
    Utility,
    Hospital,
    School,
    Enterprise,
    SocialOrganisation,
    VolunteerTeam,
    RiderStation,
    MassOrganisation,
}

/// <summary>Anyone who can be responsible: a department, a township, a utility, a member organisation, a volunteer team.</summary>
public sealed class Organisation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The jurisdiction's own stable code, for imports and exchanges.</summary>
    public required string Code { get; init; }

    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public string? ShortName { get; set; }
    public required OrganisationKind Kind { get; set; }
    public Guid? ParentId { get; set; }

    /// <summary>Where it works; prefix of the area codes that it serves.</summary>
    public required string AreaCode { get; set; }

    /// <summary>GB 32100 unified social credit code, validated; absent for demo organisations.</summary>
    public string? CreditCode { get; set; }

    /// <summary>Member of the community alliance: may be offered requests and claim them.</summary>
    public bool IsAllianceMember { get; set; }

    /// <summary>Service groups it can help with, as codes separated by spaces; what offers are matched by.</summary>
    public string Offers { get; set; } = "";

    public string? Address { get; set; }
    public double? Longitude { get; set; }
    public double? Latitude { get; set; }

    /// <summary>Office telephone, public.</summary>
    public string? Phone { get; set; }

    /// <summary>Work calendar that its clocks run on; null: that of the organisation above, in the end the county's.</summary>
    public string? CalendarCode { get; set; }

    public bool IsActive { get; set; } = true;
}
