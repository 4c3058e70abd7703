using Linli.Requests.Catalogue;
using Linli.Shell.Text;

namespace Linli.Requests.Work;

/// <summary>A reason with what it permits, as somebody who chooses it has to know it.</summary>
internal static class ReasonTexts
{
    public static string Of(Texts t, ReasonCode reason)
    {
        var name = Texts.Pick(reason.NameZh, reason.NameEn);
        return reason.Kind switch
        {
            "pause" when reason.NeedsApproval => t["{0}（最多 {1} 天、{2} 次，要审批）", name, reason.MostDays, reason.MostTimes],
            "pause" => t["{0}（最多 {1} 天、{2} 次）", name, reason.MostDays, reason.MostTimes],
            "extend" => t["{0}（最多 {1} 个工作日、{2} 次，要审批）", name, reason.MostDays, reason.MostTimes],
            _ => name,
        };
    }
}
