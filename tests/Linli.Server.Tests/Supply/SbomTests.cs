using System.Text.Json;
using System.Text.RegularExpressions;
using Linli.Dev.Supply;
using Linli.Testing;

namespace Linli.Server.Tests.Supply;

public sealed class SbomTests
{
    private static readonly IReadOnlyList<LockedPackage> Packages = LockedPackage.All(new Dev.Repository(Repository.Root));

    [Fact]
    public void Every_locked_package_stands_in_it_with_version_and_hash()
    {
        using var json = JsonDocument.Parse(Sbom.Of(Packages, "1.2.3"));
        var components = json.RootElement.GetProperty("components").EnumerateArray().ToList();
        var direct = Regex.Matches(File.ReadAllText(Repository.At("Directory.Packages.props")), "PackageVersion Include=\"([^\"]+)\"").Select(m => m.Groups[1].Value)
            .Where(name => Repository.Files("src", "*.csproj").Any(p => File.ReadAllText(Repository.At(p)).Contains($"\"{name}\"", StringComparison.Ordinal)));

        Assert.Equal(("CycloneDX", "1.6"), (json.RootElement.GetProperty("bomFormat").GetString(), json.RootElement.GetProperty("specVersion").GetString()));
        Assert.Equal("1.2.3", json.RootElement.GetProperty("metadata").GetProperty("component").GetProperty("version").GetString());
        Assert.Empty(direct.Concat(["leaflet", "@tabler/core", "esbuild"]).Except(components.Select(c => c.GetProperty("name").GetString()!)));
        Assert.All(components, c => Assert.Matches("^[0-9a-f]{128}$", c.GetProperty("hashes")[0].GetProperty("content").GetString()));
        Assert.All(components, c => Assert.Matches(@"^pkg:(nuget|npm)/[^@]+@\d", c.GetProperty("purl").GetString()));
        Assert.Equal(components.Count, components.Select(c => c.GetProperty("bom-ref").GetString()).Distinct().Count());
    }

    [Fact]
    public void What_only_helps_to_build_and_test_is_marked_so()
    {
        Assert.True(Packages.Single(p => p.Name == "Npgsql").IsShipped);
        Assert.True(Packages.Single(p => p.Name == "leaflet").IsShipped);
        Assert.DoesNotContain(Packages, p => p.IsShipped && p.Name is "xunit.v3" or "esbuild" or "typescript" or "smtp-server" or "Microsoft.CodeAnalysis.BannedApiAnalyzers");
    }

    [Fact]
    public void The_same_packages_make_the_same_bill()
    {
        Assert.Equal(Sbom.Of(Packages, "1.0"), Sbom.Of(Packages, "1.0"));
        Assert.NotEqual(Sbom.Of(Packages, "1.0"), Sbom.Of([.. Packages.Skip(1)], "1.0"));
    }
}
