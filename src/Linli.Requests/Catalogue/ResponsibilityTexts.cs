using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Shell.Text;

namespace Linli.Requests.Catalogue;

/// <summary>A proposal in words, one sentence for each organisation that was considered.</summary>
internal static class ResponsibilityTexts
{
    public static string Of(Texts texts, ServiceType type, ServiceGroup? group, Candidate candidate)
    {
        var name = NameOf(candidate.Organisation);
        var what = candidate.IsForType ? new Wording(type.NameZh, type.NameEn) : new Wording(group?.NameZh ?? type.GroupCode, group?.NameEn ?? type.GroupCode);
        var line = candidate.Verdict == Verdict.Superior ? ""
            : candidate.IsNightDuty ? texts["“{0}”在{1}的夜间值班单位", what, candidate.AreaName]
            : texts["“{0}”在{1}的责任单位", what, candidate.AreaName];
        return candidate.Verdict switch
        {
            Verdict.Chosen => texts["建议派给{0}：{1}。", name, line],
            Verdict.LessSpecific => texts["{0}也是{1}，但有更具体的分工。", name, line],
            Verdict.Concerned => texts["{0}是{1}，但诉求反映的就是它或它的上级，应当回避。", name, line],
            Verdict.Inactive => texts["{0}是{1}，但它已停用。", name, line],
            Verdict.Superior => texts["建议派给{0}：没有其他责任单位，它是被反映单位的上级。", name],
            _ => throw new ArgumentOutOfRangeException(nameof(candidate)),
        };
    }

    private static Wording NameOf(Organisation organisation) => new(organisation.ShortName ?? organisation.Name, organisation.NameEn ?? organisation.Name);
}
