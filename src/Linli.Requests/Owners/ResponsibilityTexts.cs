using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Requests.Catalogue;
using Linli.Shell.Text;

namespace Linli.Requests.Owners;

/// <summary>A proposal in words, one sentence for each organisation that was considered.</summary>
internal static class ResponsibilityTexts
{
    public static string Of(Texts texts, ServiceType type, ServiceGroup group, Candidate candidate, Complaint? complaint)
    {
        var name = NameOf(candidate.Organisation);
        var duty = candidate.Line is { } line ? DutyOf(texts, type, group, candidate, line) : "";
        return candidate.Verdict switch
        {
            Verdict.Chosen => texts["建议派给{0}：{1}。", name, duty],
            Verdict.LessSpecific => texts["{0}也是{1}，但有更具体的分工。", name, duty],
            Verdict.Concerned => texts["{0}是{1}，但诉求反映的就是它或它的上级，应当回避。", name, duty],
            Verdict.Mentioned => texts["{0}是{1}，但从“{2}”看，诉求反映的就是它或它的上级，应当回避。", name, duty, complaint?.Words ?? ""],
            Verdict.Inactive => texts["{0}是{1}，但它已停用。", name, duty],
            Verdict.Superior => texts["建议派给{0}：没有其他责任单位，它是被反映单位的上级。", name],
            Verdict.OtherHours => texts["{0}是{1}，但现在不在它的钟点。", name, duty],
            Verdict.OtherDay => texts["{0}是{1}，但这条分工这一天不生效（{2}）。", name, duty, DaysOf(candidate.Line!)],
            Verdict.OtherSite => texts["{0}是{1}，但诉求没有提到那里。", name, duty],
            _ => throw new ArgumentOutOfRangeException(nameof(candidate)),
        };
    }

    /// <summary>The line in a few words.</summary>
    private static string DutyOf(Texts texts, ServiceType type, ServiceGroup group, Candidate candidate, Responsibility line)
    {
        var what = candidate.IsForType ? new Wording(type.NameZh, type.NameEn) : new Wording(group.NameZh, group.NameEn);
        var where = (candidate.Site ?? line.Site?.Split('|')[0]) is { } site ? new Wording($"{candidate.AreaName.Zh}“{site}”", $"{candidate.AreaName.En}, “{site}”") : candidate.AreaName;
        return line.HoursFrom is { } from ? texts["“{0}”在{1}的值班单位（{2:HH:mm} 至 {3:HH:mm}）", what, where, from, line.HoursUntil!.Value]
            : line.IsNightDuty ? texts["“{0}”在{1}的夜间值班单位", what, where]
            : texts["“{0}”在{1}的责任单位", what, where];
    }

    private static string DaysOf(Responsibility line) => $"{line.From:yyyy-MM-dd}–{line.Until:yyyy-MM-dd}";

    private static Wording NameOf(Organisation organisation) => new(organisation.ShortName ?? organisation.Name, organisation.NameEn ?? organisation.Name);
}
