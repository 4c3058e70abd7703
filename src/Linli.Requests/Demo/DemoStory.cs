using System.Globalization;
using System.Text.RegularExpressions;

namespace Linli.Requests.Demo;

/// <summary>One entry of data/demo/requests.json: what somebody in the demo county says, and what comes of it.</summary>
/// <param name="Day">1 to 60; 60 is today.</param>
/// <param name="Twin">Stories with the same mark are the same matter.</param>
internal sealed partial record DemoStory(
    string Type, string Title, string Text, string? Place, string? Area, string By, int Day, string Resolve, string? Twin = null, string? About = null,
    string? Contact = null, string? Return = null, string? Question = null, string? Answer = null, IReadOnlyDictionary<string, string?>? Fields = null)
{
    /// <summary>The answers of a report of this day: dates stand in the file as days from it (-3d, +5d).</summary>
    public IReadOnlyDictionary<string, string?>? FieldsOn(DateOnly day) => Fields?.ToDictionary(
        f => f.Key,
        f => f.Value is { } value && Days().IsMatch(value)
            ? day.AddDays(int.Parse(value[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : f.Value);

    [GeneratedRegex(@"^[+-]\d{1,3}d$", RegexOptions.None, 500)]
    private static partial Regex Days();
}
