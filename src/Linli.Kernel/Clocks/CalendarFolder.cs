using System.Text.Json;

namespace Linli.Kernel.Clocks;

/// <summary>Calendars as files.</summary>
internal static class CalendarFolder
{
    private static readonly string Place = Path.Combine("data", "calendars");

    /// <summary>Beside the program in a published build; up the folders when run from the sources.</summary>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, Place);
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        throw new DirectoryNotFoundException($"The folder {Place} is neither beside the program ({AppContext.BaseDirectory}) nor above it. It is part of every build of Linli; install it again.");
    }

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
