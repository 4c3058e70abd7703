using System.Xml.Linq;

namespace Linli.Dev.Supply;

/// <summary>NuGet's lock files do not know licences; the packages on this machine do.</summary>
internal static class Licences
{
    private static readonly string Packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <returns>The SPDX expression; null when the package is not on this machine or says it otherwise.</returns>
    public static string? OfNuGet(string name, string version)
    {
        var (id, number) = (name.ToLowerInvariant(), version.ToLowerInvariant());
        var about = Path.Combine(Packages, id, number, $"{id}.nuspec");
        return File.Exists(about)
            ? XDocument.Load(about).Descendants().FirstOrDefault(e => e.Name.LocalName == "license" && (string?)e.Attribute("type") == "expression")?.Value
            : null;
    }
}
