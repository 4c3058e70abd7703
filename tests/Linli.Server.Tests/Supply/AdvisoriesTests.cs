using Linli.Dev.Supply;

namespace Linli.Server.Tests.Supply;

public sealed class AdvisoriesTests
{
    private const string Weak = "/x/Linli.Shell.csproj : error NU1903: Warning As Error: Package 'A.B' 1.0.0 has a known high severity vulnerability, https://advisories.example/1 [/x/Linli.slnx]";
    private const string Npm = """npm warn something {"auditReportVersion":2,"vulnerabilities":{"leaflet":{"name":"leaflet","severity":"high","range":"<2.0.0"}},"metadata":{}}""";

    [Fact]
    public void What_the_registries_know_fails_the_check()
    {
        var known = Advisories.OfNuGet($"{Weak}\n{Weak}\n", exitCode: 1) + Advisories.OfNpm(Npm, "web");

        Assert.Equal(2, known.Findings.Count);
        Assert.Contains("'A.B' 1.0.0", known.Findings[0], StringComparison.Ordinal);
        Assert.Equal("web: leaflet <2.0.0: high", known.Findings[1]);
        Assert.Empty(known.Silent);
        Assert.Equal(1, AdvisoriesVerb.Report(known));
    }

    [Fact]
    public void A_registry_that_does_not_answer_is_said_and_fails_nothing()
    {
        var known = Advisories.OfNuGet("warning NU1900: Error occurred while getting package vulnerability data", exitCode: 0)
            + Advisories.OfNpm("""{"message":"audit endpoint returned an error","error":{"summary":"","detail":""}}""", "web") + Advisories.OfNpm("not found", "tests/smtp");

        Assert.Equal(["NuGet", "npm (web)", "npm (tests/smtp)"], known.Silent);
        Assert.Equal(0, AdvisoriesVerb.Report(known));
    }

    [Fact]
    public void Where_nothing_is_known_nothing_is_said()
    {
        var known = Advisories.OfNuGet("Restored", exitCode: 0) + Advisories.OfNpm("""{"auditReportVersion":2,"vulnerabilities":{}}""", "web");

        Assert.Empty(known.Findings.Concat(known.Silent));
    }
}
