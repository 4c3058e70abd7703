using Linli.Shell.Text;

namespace Linli.Shell.Pages;

/// <summary>Spans of time as people say them: one unit, two when the first is small.</summary>
public static class Spans
{
    public static string Of(Texts texts, TimeSpan span)
    {
        var minutes = Math.Max(0, (long)Math.Round(span.TotalMinutes));
        return minutes switch
        {
            < 1 => texts["不到 1 分钟"],
            < 60 => texts["{0} 分钟", minutes],
            < 24 * 60 when minutes % 60 != 0 && minutes < 6 * 60 => texts["{0} 小时 {1} 分钟", minutes / 60, minutes % 60],
            < 24 * 60 => texts["{0} 小时", minutes / 60],
            < 4 * 24 * 60 when minutes / 60 % 24 != 0 => texts["{0} 天 {1} 小时", minutes / (24 * 60), minutes / 60 % 24],
            _ => texts["{0} 天", minutes / (24 * 60)],
        };
    }
}
