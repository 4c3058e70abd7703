using Linli.Kernel.Organisations;
using Linli.Shell.Text;

namespace Linli.Shell.Organisations;

/// <summary>What a kind of organisation is called in the reader's language.</summary>
public static class KindName
{
    public static string Show(OrganisationKind kind) => Of(kind) is var (zh, en) ? Texts.Pick(zh, en) : "";

    /// <summary>In both languages.</summary>
    public static (string Zh, string En) Of(OrganisationKind kind) => kind switch
    {
        OrganisationKind.Government => ("党委政府", "Government"),
        OrganisationKind.Department => ("部门", "Department"),
        OrganisationKind.Township => ("乡镇", "Township"),
        OrganisationKind.VillageCommittee => ("村（社区）", "Village or community"),
        OrganisationKind.Utility => ("公用事业", "Utility"),
        OrganisationKind.Hospital => ("医院", "Hospital"),
        OrganisationKind.School => ("学校", "School"),
        OrganisationKind.Enterprise => ("企业", "Enterprise"),
        OrganisationKind.SocialOrganisation => ("社会组织", "Social organisation"),
        OrganisationKind.VolunteerTeam => ("志愿服务队", "Volunteer team"),
        OrganisationKind.RiderStation => ("骑手驿站", "Rider station"),
        OrganisationKind.MassOrganisation => ("群团组织", "Mass organisation"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
