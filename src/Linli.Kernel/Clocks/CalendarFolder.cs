using System.Text.Json;

namespace Linli.Kernel.Clocks;

/// <summary>Calendars as files.</summary>
internal static class CalendarFolder
{
    public static string Find() => ShippedData.Folder("calendars");

    public static IEnumerable<WorkCalendarDefinition> Read(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var definition = ReadFile<WorkCalendarDefinition>(file);
            var years = Path.Combine(folder, definition.Code);
            yield return Directory.Exists(years)
                ? definition with { Years = [.. definition.Years, .. Directory.GetFiles(years, "*.json").Order(StringComparer.Ordinal).Select(ReadFile<CalendarYear>)] }
                : definition;
        }
    }

    private static T ReadFile<T>(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<T>(stream, Json.Plain) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"{file}: {wrong.Message}", wrong);
        }
    }
}
