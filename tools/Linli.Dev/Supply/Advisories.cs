using System.Text.Json;
using System.Text.RegularExpressions;

namespace Linli.Dev.Supply;

/// <summary>What the registries said about known weaknesses of the locked packages.</summary>
/// <param name="Findings">One line each; empty when nothing is known.</param>
/// <param name="Silent">Registries that could not be asked.</param>
internal sealed partial record Advisories(IReadOnlyList<string> Findings, IReadOnlyList<string> Silent)
{
    /// <param name="restore">Output of a restore with NuGetAudit.</param>
    /// <param name="exitCode">Of that restore.</param>
    public static Advisories OfNuGet(string restore, int exitCode)
    {
        var findings = Finding().Matches(restore).Select(m => m.Value.Trim()).Distinct().ToList();
        return new Advisories(findings, findings.Count == 0 && (exitCode != 0 || restore.Contains("NU1900", StringComparison.Ordinal)) ? ["NuGet"] : []);
    }

    /// <param name="audit">Output of `npm audit --json`.</param>
    /// <param name="folder">Whose packages.</param>
    public static Advisories OfNpm(string audit, string folder)
    {
        var silent = new Advisories([], [$"npm ({folder})"]);
        var from = audit.IndexOf('{', StringComparison.Ordinal);
        if (from < 0)
        {
            return silent;
        }

        try
        {
            using var json = JsonDocument.Parse(audit[from..(audit.LastIndexOf('}') + 1)]);
            return !json.RootElement.TryGetProperty("vulnerabilities", out var known)
                ? silent
                : new Advisories([.. known.EnumerateObject().Select(v => $"{folder}: {v.Name} {Text(v.Value, "range")}: {Text(v.Value, "severity")}")], []);
        }
        catch (JsonException)
        {
            return silent;
        }
    }

    public static Advisories operator +(Advisories one, Advisories other) => new([.. one.Findings, .. other.Findings], [.. one.Silent, .. other.Silent]);

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.ToString() : "";

    [GeneratedRegex(@"NU190[1-4]: .*")]
    private static partial Regex Finding();
}
