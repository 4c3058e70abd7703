using System.Globalization;
using Linli.Kernel.Clocks;

namespace Linli.Shell.Ledgers;

/// <summary>What title, subtitle, side lines and signature may name in braces; Chinese and English mean the same.</summary>
internal static class Placeholders
{
    /// <summary>In both languages, for the hint beside the fields.</summary>
    public static IReadOnlyList<(string Zh, string En, string WhatZh, string WhatEn)> All { get; } =
    [
        ("县", "county", "县名", "the county"),
        ("单位", "organisation", "填报人的单位", "organisation of whoever makes it"),
        ("填报人", "by", "填报人姓名", "name of whoever makes it"),
        ("期间", "period", "起止日期", "first and last day"),
        ("起", "from", "第一天", "first day"),
        ("止", "until", "最后一天", "last day"),
        ("年", "year", "期间的年份", "year of the period"),
        ("月", "month", "期间的月份", "month of the period"),
        ("周", "week", "期间是第几周", "number of the week"),
        ("工作日", "workingDays", "期间有几个工作日", "working days of the period"),
        ("日期", "date", "制表日期", "the day it is made"),
    ];

    public static string Fill(string? text, Known known)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var first = known.Days.From ?? known.Today;
        foreach (var (zh, en, _, _) in All)
        {
            var value = en switch
            {
                "county" => known.County,
                "organisation" => known.Organisation,
                "by" => known.By,
                "period" => known.Days.Words(),
                "from" => LedgerDays.Iso(known.Days.From),
                "until" => LedgerDays.Iso(known.Days.Until),
                "year" => first.Year.ToString(CultureInfo.InvariantCulture),
                "month" => first.Month.ToString(CultureInfo.InvariantCulture),
                "week" => ISOWeek.GetWeekOfYear(first.ToDateTime(TimeOnly.MinValue)).ToString(CultureInfo.InvariantCulture),
                "workingDays" => known.Days.WorkingDays(known.Calendar)?.ToString(CultureInfo.InvariantCulture) ?? "",
                _ => LedgerDays.Iso(known.Today),
            };
            text = text.Replace($"{{{zh}}}", value, StringComparison.Ordinal).Replace($"{{{en}}}", value, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    internal sealed record Known(string County, string Organisation, string By, LedgerDays Days, DateOnly Today, WorkCalendar Calendar);
}
