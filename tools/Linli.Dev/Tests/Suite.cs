namespace Linli.Dev.Tests;

/// <summary>One test project: an executable that runs its own tests.</summary>
/// <param name="UsesStore">It founds Towns, so that it runs once on each database.</param>
internal sealed record Suite(string Name, string Dll, bool UsesStore)
{
    /// <summary>Rough share of the time; browsers take longest.</summary>
    public int Weight => Name.EndsWith("EndToEnd", StringComparison.Ordinal) ? 3 : UsesStore ? 2 : 1;

    /// <summary>Every project under tests/ that is an executable. A new one takes part by being there.</summary>
    /// <exception cref="Stop">One of them was not built: it must not pass by being absent.</exception>
    public static IReadOnlyList<Suite> All(Repository repository) =>
        [.. Directory.EnumerateFiles(repository.At("tests"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Text: File.ReadAllText(path)))
            .Where(p => p.Text.Contains("<OutputType>Exe</OutputType>", StringComparison.Ordinal))
            .Select(p => Of(p.Path, p.Text))];

    private static Suite Of(string project, string text)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var dll = Path.Combine(Path.GetDirectoryName(project)!, "bin", "Debug", "net10.0", name + ".dll");
        return File.Exists(dll)
            ? new Suite(name, dll, text.Contains("Linli.Testing.csproj", StringComparison.Ordinal))
            : throw new Stop($"{name} was not built: {dll} is missing. Is the project in Linli.slnx?");
    }
}
