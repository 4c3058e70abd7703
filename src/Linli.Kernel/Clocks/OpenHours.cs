using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Linli.Kernel.Clocks;

/// <summary>
/// One stretch of opening on a day, in minutes after local midnight: 510–720 is 08:30–12:00. The end is not included and may be 24:00.
/// What crosses midnight is written as two stretches on two days.
/// </summary>
[JsonConverter(typeof(OpenHoursJson))]
public readonly record struct OpenHours(int From, int To)
{
    public const int DayMinutes = 1440;

    public int Minutes => To - From;

    /// <summary>Reads "08:30-12:00" (any dash). Whether the order makes sense is judged by the calendar, which can say where it stands.</summary>
    public static bool TryParse(string? text, out OpenHours hours)
    {
        hours = default;
        var parts = (text ?? "").Split('-', '–', '—', '~');
        if (parts.Length != 2 || !TryMinute(parts[0], out var from) || !TryMinute(parts[1], out var to))
        {
            return false;
        }

        hours = new OpenHours(from, to);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From / 60:00}:{From % 60:00}-{To / 60:00}:{To % 60:00}");

    private static bool TryMinute(string text, out int minute)
    {
        minute = 0;
        var parts = text.Trim().Split(':', '\uFF1A');
        if (parts.Length != 2 || parts[1].Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || minutes > 59 || hours > 24)
        {
            return false;
        }

        minute = (hours * 60) + minutes;
        return minute <= DayMinutes;
    }
}

internal sealed class OpenHoursJson : JsonConverter<OpenHours>
{
    public override OpenHours Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return OpenHours.TryParse(text, out var hours) ? hours : throw new JsonException($"Not a stretch of hours: \"{text}\". Write \"08:30-12:00\".");
    }

    public override void Write(Utf8JsonWriter writer, OpenHours value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
