using System.Text.RegularExpressions;
using Linli.Testing;

namespace Linli.Server.Tests.Guards;

/// <summary>docs/operate/configure.md lists what can be set, all of it and nothing else.</summary>
public sealed partial class SettingsTests
{
    /// <summary>Where pages link to; no operator has a reason to move them.</summary>
    private static readonly string[] NotForOperators = ["Site:SignIn", "Site:SignOut", "Site:StaffHome"];

    /// <summary>Read one by one, without a class of options.</summary>
    private static readonly string[] WithoutClass = ["Database:Provider", "Database:Connection", "Privacy:KeyFolder"];

    [Fact]
    public void Every_setting_is_documented() => Assert.Empty(Settable().Concat(WithoutClass).Except(NotForOperators).Except(Documented()));

    [Fact]
    public void Every_documented_setting_exists() => Assert.Empty(Documented().Except(Settable()).Except(WithoutClass));

    /// <summary>A class MailOptions is the section Mail.</summary>
    private static IEnumerable<string> Settable() =>
        from type in Modules.Assemblies.SelectMany(a => a.GetTypes())
        where type.Name.EndsWith("Options", StringComparison.Ordinal) && type is { IsClass: true, Namespace: not null }
        from property in type.GetProperties()
        where property.SetMethod is { IsPublic: true }
        select $"{type.Name[..^"Options".Length]}:{property.Name}";

    private static IEnumerable<string> Documented() => Setting().Matches(File.ReadAllText(Repository.At("docs", "operate", "configure.md")))
        .Select(m => m.Groups[1].Value).Where(name => !name.StartsWith("Logging:", StringComparison.Ordinal)).Distinct();

    [GeneratedRegex("`([A-Z][A-Za-z]+:[A-Z][A-Za-z]+)`")]
    private static partial Regex Setting();
}
