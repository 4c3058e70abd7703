using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Linli.Testing;

namespace Linli.Server.Tests.Guards;

/// <summary>Where everything comes from that is built and shipped (docs/operate/security.md, "Supply chain").</summary>
public sealed partial class SupplyChainTests
{
    private static readonly string[] Folders = ["src", "tests", "tools", "bench", "web", "data", "docs"];

    /// <summary>How programs and libraries begin, and archives that could hold some.</summary>
    private static readonly byte[][] Programs =
        [[0x7F, (byte)'E', (byte)'L', (byte)'F'], [(byte)'M', (byte)'Z', 0x90], [0xCA, 0xFE, 0xBA, 0xBE], [0xCF, 0xFA, 0xED, 0xFE], [0xFE, 0xED, 0xFA, 0xCF], [0, (byte)'a', (byte)'s', (byte)'m'], [(byte)'P', (byte)'K', 3, 4], [0x1F, 0x8B]];

    [Fact]
    public void Every_package_is_locked_with_the_hash_of_its_content()
    {
        var projects = Folders.SelectMany(f => Repository.Files(f, "*.csproj")).ToList();
        var unlocked = projects.Where(p => !File.Exists(Repository.At(p[..p.LastIndexOf('/')], "packages.lock.json"))).ToList();
        var nuget = projects.Except(unlocked).SelectMany(p => NuGet(p[..p.LastIndexOf('/')] + "/packages.lock.json")).ToList();
        var npm = Folders.SelectMany(f => Repository.Files(f, "package-lock.json")).SelectMany(Npm).ToList();

        Assert.Empty(unlocked);
        Assert.Empty(nuget.Concat(npm).Where(p => p.Hash.Length < 40).Select(p => p.Name));
        Assert.True(nuget.Count > 100 && npm.Count > 30, $"Only {nuget.Count} and {npm.Count} packages were found.");
    }

    [Fact]
    public void No_program_lies_in_the_repository()
    {
        var head = new byte[4];
        var programs = Folders.SelectMany(f => Repository.Files(f, "*")).Where(f => !f.Contains("/TestResults/", StringComparison.Ordinal)).Where(f =>
        {
            using var file = File.OpenRead(Repository.At(f));
            var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return Programs.Any(p => p.Length <= read && head.AsSpan(0, p.Length).SequenceEqual(p));
        });

        Assert.Empty(programs);
    }

    [Fact]
    public void No_secret_lies_in_the_repository()
    {
        var secrets = new[] { "src", "data", "docs", "tools", "web" }.SelectMany(f => Repository.Files(f, "*.cs", "*.json", "*.razor", "*.ts", "*.mjs", "*.md", "*.yml", "*.props")).Where(f => f != "data/demo/accounts.json")
            .SelectMany(f => File.ReadLines(Repository.At(f)).Where(l => Secret().IsMatch(l)).Select(l => $"{f}: {l.Trim()}"));

        Assert.Empty(secrets);
    }

    [Fact]
    public void The_build_checks_arithmetic_nullability_and_warnings()
    {
        var asked = new[] { "TreatWarningsAsErrors", "CheckForOverflowUnderflow", "Nullable", "RestorePackagesWithLockFile", "EnforceCodeStyleInBuild" };
        var props = XDocument.Load(Repository.At("Directory.Build.props")).Descendants("PropertyGroup").Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
        var projects = Folders.SelectMany(f => Repository.Files(f, "*.csproj", "*.props")).ToList();

        Assert.All(asked, name => Assert.True(props.GetValueOrDefault(name) is "true" or "enable", name));
        Assert.DoesNotContain(projects, p => asked.Any(name => File.ReadAllText(Repository.At(p)).Contains($"<{name}>", StringComparison.Ordinal)));
        Assert.Equal(["src/Linli.Kernel/Linli.Kernel.csproj"], // calls into libvips
            projects.Where(p => p.StartsWith("src/", StringComparison.Ordinal) && File.ReadAllText(Repository.At(p)).Contains("<AllowUnsafeBlocks>", StringComparison.Ordinal)));
    }

    private static IEnumerable<(string Name, string Hash)> NuGet(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.At(file)));
        foreach (var package in json.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject().ToList()))
        {
            if (package.Value.GetProperty("type").GetString() != "Project")
            {
                yield return ($"{file}: {package.Name}", package.Value.TryGetProperty("contentHash", out var hash) ? hash.GetString()! : "");
            }
        }
    }

    private static IEnumerable<(string Name, string Hash)> Npm(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.At(file)));
        foreach (var package in json.RootElement.GetProperty("packages").EnumerateObject().Where(p => p.Name.Length > 0 && !p.Value.TryGetProperty("inBundle", out _)))   // what is bundled is part of another package, and of its hash
        {
            yield return ($"{file}: {package.Name}", package.Value.TryGetProperty("integrity", out var hash) ? hash.GetString()! : "");
        }
    }

    [GeneratedRegex("""-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|(password|passwd|secretkey|accesskey|apikey|token)"?\s*[:=]\s*"[A-Za-z0-9+/_.!-]{8,}"(?!:)""", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
