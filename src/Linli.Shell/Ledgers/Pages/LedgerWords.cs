using Linli.Kernel;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Timetables;

namespace Linli.Shell.Ledgers.Pages;

/// <summary>What the choices of the builder are called. Chinese, keys of their English text.</summary>
internal static class LedgerWords
{
    public static Word Of(TotalKind kind) => new(kind switch
    {
        TotalKind.None => "不合计",
        TotalKind.Count => "计数",
        TotalKind.Sum => "求和",
        TotalKind.Average => "平均",
        TotalKind.Min => "最小",
        TotalKind.Max => "最大",
        TotalKind.Share => "占比（是的比例）",
        _ => "照算式算",
    });

    public static Word Of(NumberLook look) => new(look switch
    {
        NumberLook.Plain => "照常",
        NumberLook.Whole => "整数",
        NumberLook.OneDecimal => "一位小数",
        NumberLook.TwoDecimals => "两位小数",
        _ => "百分比",
    });

    public static Word Of(PeriodKind kind) => new(kind switch
    {
        PeriodKind.Always => "不限时间",
        PeriodKind.Today => "今天",
        PeriodKind.Yesterday => "昨天",
        PeriodKind.SinceLastWorkingDay => "上一工作日以来（含节假日）",
        PeriodKind.ThisWeek => "本周",
        PeriodKind.LastWeek => "上周",
        PeriodKind.ThisMonth => "本月",
        PeriodKind.LastMonth => "上月",
        PeriodKind.ThisQuarter => "本季度",
        PeriodKind.LastQuarter => "上季度",
        PeriodKind.ThisYear => "今年",
        PeriodKind.LastYear => "去年",
        _ => "从哪天到哪天",
    });

    public static Word Of(TimetableKind kind) => new(kind switch
    {
        TimetableKind.Never => "不自动生成",
        TimetableKind.Daily => "每个工作日",
        TimetableKind.Weekly => "每周",
        _ => "每月",
    });

    public static Word Of(ExportState state) => new(state switch
    {
        ExportState.Waiting => "排队中",
        ExportState.Running => "正在做",
        ExportState.Done => "做好了",
        _ => "没有做成",
    });

    public static string Of(LedgerFormat format) => format == LedgerFormat.Csv ? "CSV" : "XLSX";
}
