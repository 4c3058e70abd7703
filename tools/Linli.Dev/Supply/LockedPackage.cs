using System.Text.Json;

namespace Linli.Dev.Supply;

/// <summary>One package of a lock file.</summary>
/// <param name="Hash">SHA-512 of its content, hexadecimal.</param>
/// <param name="IsShipped">Goes into a published build; others only help to build or test.</param>
internal sealed record LockedPackage(string Kind, string Name, string Version, string Hash, string? Licence, bool IsShipped)
{
    private static readonly string[] Folders = ["src", "tests", "tools", "bench"];

    /// <summary>https://github.com/package-url/purl-spec</summary>
    public string Address => $"pkg:{Kind}/{Name.Replace("@", "%40", StringComparison.Ordinal)}@{Version}";

    /// <summary>Everything that is locked, once each; what a published build carries first.</summary>
    public static IReadOnlyList<LockedPackage> All(Repository repository) =>
    [
        .. Folders.SelectMany(folder => LockFiles(repository, folder, "packages.lock.json").SelectMany(f => NuGet(f, isShipped: folder == "src")))
            .Concat(Npm(Path.Combine(repository.Web, "package-lock.json"), mayShip: true))
            .Concat(LockFiles(repository, "tests", "package-lock.json").SelectMany(f => Npm(f, mayShip: false)))
            .GroupBy(p => p.Address).Select(same => same.OrderByDescending(p => p.IsShipped).First())
            .OrderByDescending(p => p.IsShipped).ThenBy(p => p.Address, StringComparer.Ordinal),
    ];

    private static IEnumerable<string> LockFiles(Repository repository, string folder, string name) => !Directory.Exists(repository.At(folder)) ? []
        : Directory.EnumerateFiles(repository.At(folder), name, SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "node_modules" or "bin" or "obj")).Order(StringComparer.Ordinal);

    public static IEnumerable<LockedPackage> NuGet(string file, bool isShipped)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var package in json.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject().ToList()))
        {
            if (package.Value.GetProperty("type").GetString() != "Project")
            {
                var version = package.Value.GetProperty("resolved").GetString()!;
                yield return new LockedPackage("nuget", package.Name, version, Hex(package.Value.GetProperty("contentHash").GetString()!),
                    Licences.OfNuGet(package.Name, version), isShipped && !package.Name.EndsWith("Analyzers", StringComparison.Ordinal));
            }
        }
    }

    public static IEnumerable<LockedPackage> Npm(string file, bool mayShip)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var package in json.RootElement.GetProperty("packages").EnumerateObject().Where(p => p.Name.Length > 0 && !p.Value.TryGetProperty("inBundle", out _)))   // what is bundled is part of another package, and of its hash
        {
            const string folder = "node_modules/";
            yield return new LockedPackage("npm", package.Name[(package.Name.LastIndexOf(folder, StringComparison.Ordinal) + folder.Length)..],
                package.Value.GetProperty("version").GetString()!, Hex(package.Value.GetProperty("integrity").GetString()!["sha512-".Length..]),
                package.Value.TryGetProperty("license", out var licence) ? licence.GetString() : null, mayShip && !package.Value.TryGetProperty("dev", out _));
        }
    }

    private static string Hex(string base64) => Convert.ToHexStringLower(Convert.FromBase64String(base64));
}
