using System.Text.RegularExpressions;
using Linli.Testing;
using Microsoft.AspNetCore.Components;

namespace Linli.Server.Tests.Guards;

/// <summary>What the house style asks for and no analyser checks (CONTRIBUTING.md).</summary>
public sealed partial class StyleTests
{
    private const int MostLines = 400;

    private static readonly string[] Ours = ["src", "tests", "tools", "web"];

    /// <summary>Words that say nothing about what a class does.</summary>
    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities", "Impl", "Info"];

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var tooLong = Sources("*.cs", "*.razor", "*.ts", "*.mjs", "*.css", "*.scss").Select(f => (File: f, Lines: File.ReadLines(Repository.At(f)).Count())).Where(f => f.Lines > MostLines);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_class_has_an_empty_name()
    {
        var empty = Modules.Assemblies.SelectMany(a => a.GetTypes()).Where(IsOurs)
            .Where(t => EmptyWords.Any(w => t.Name.EndsWith(w, StringComparison.Ordinal))).Select(t => t.FullName);

        Assert.Empty(empty);
    }

    [Fact]
    public void Every_class_that_nothing_derives_from_is_sealed()
    {
        var all = Modules.Assemblies.SelectMany(a => a.GetTypes()).Where(IsOurs).ToList();
        var parents = all.Select(t => t.BaseType is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : t.BaseType).ToHashSet();

        var open = all.Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false } && !parents.Contains(t) && !t.IsAssignableTo(typeof(IComponent)) && t.Name != "_Imports");

        Assert.Empty(open.Select(t => t.FullName));
    }

    [Theory]
    [InlineData(@"^\s*#region", "", "no regions: a file that needs them is two files")]
    [InlineData(@"\b(TODO|FIXME|HACK|XXX)\b", "", "unfinished work belongs into an issue")]
    [InlineData(@"\basync void\b", "", "nobody can await it or catch what it throws")]
    [InlineData(@"\.GetAwaiter\(\)\.GetResult\(\)", "src/", "await it")]
    [InlineData(@"Thread\.Sleep|Task\.Delay\(\d", "", "wait for what happens, or move the test's clock")]
    [InlineData(@"\bDateTime(Offset)?\.(Utc)?Now\b", "", "use the injected TimeProvider")]
    public void Some_things_are_not_written(string pattern, string where, string why)
    {
        var found = Sources("*.cs", "*.razor").Where(f => f.StartsWith(where, StringComparison.Ordinal) && !f.StartsWith("tools/", StringComparison.Ordinal) && f != ThisFile)
            .SelectMany(f => File.ReadLines(Repository.At(f)).Select((text, i) => (Line: $"{f}:{i + 1}: {text.Trim()}", text)))
            .Where(l => Regex.IsMatch(l.text, pattern)).Select(l => l.Line);

        Assert.True(!found.Any(), $"{why}:\n{string.Join('\n', found)}");
    }

    [Fact]
    public void Sql_stands_in_the_database_project_alone()
    {
        var astray = Sources("*.cs").Where(f => f.StartsWith("src/", StringComparison.Ordinal) && !f.StartsWith("src/Linli.Database/", StringComparison.Ordinal))
            .Where(f => RawSql().IsMatch(File.ReadAllText(Repository.At(f))));

        Assert.Empty(astray);
    }

    private const string ThisFile = "tests/Linli.Server.Tests/Guards/StyleTests.cs";

    private static IEnumerable<string> Sources(params string[] patterns) => Ours.Where(f => Directory.Exists(Repository.At(f))).SelectMany(f => Repository.Files(f, patterns));

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Linli", StringComparison.Ordinal) == true
        && !type.Name.Contains('<', StringComparison.Ordinal) && !type.Namespace.Contains("Migrations", StringComparison.Ordinal);

    [GeneratedRegex(@"\.(FromSql|FromSqlRaw|SqlQuery|SqlQueryRaw|ExecuteSql|ExecuteSqlRaw)(Async)?\(|CommandText\s*=")]
    private static partial Regex RawSql();
}
