namespace Linli.Shell.Text;

/// <summary>The jurisdiction's wall clock: what people see. Stored times are UTC.</summary>
public static class LocalTime
{
    public static TimeZoneInfo Zone { get; set; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static DateTimeOffset Of(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);
}
