using Linli.Kernel;
using Linli.Kernel.Organisations;

namespace Linli.Requests.Work;

/// <summary>Kinds of organisations on screen.</summary>
internal static class OrganisationTexts
{
    public static Word Of(OrganisationKind kind) => new(kind switch
    {
        OrganisationKind.Government => "政府",
        OrganisationKind.Department => "部门",
        OrganisationKind.Township => "乡镇",
        OrganisationKind.VillageCommittee => "村和社区",
        OrganisationKind.Utility => "公用事业",
        OrganisationKind.Hospital => "医院",
        OrganisationKind.School => "学校",
        OrganisationKind.Enterprise => "企业",
        OrganisationKind.SocialOrganisation => "社会组织",
        OrganisationKind.VolunteerTeam => "志愿服务队",
        OrganisationKind.RiderStation => "骑手驿站",
        OrganisationKind.MassOrganisation => "群团组织",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    });
}
