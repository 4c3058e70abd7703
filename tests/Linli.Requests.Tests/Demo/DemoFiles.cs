using System.Text.Json;

namespace Linli.Requests.Tests.Demo;

/// <summary>The files of the demo county as they lie in the repository.</summary>
internal static class DemoFiles
{
    private static readonly string Root = FindRoot();

    public static IReadOnlyList<JsonElement> RequestTexts { get; } = ReadList("demo", "requests.json");
    public static IReadOnlyList<JsonElement> Accounts { get; } = ReadList("demo", "accounts.json");
    public static IReadOnlyDictionary<string, JsonElement> ServiceTypes { get; } =
        ReadList("catalogue", "service-types.json").ToDictionary(t => t.Text("code")!);

    public static IReadOnlySet<string> AreaCodes { get; } = FirstColumn("areas", "huguan.csv").ToHashSet();
    public static IReadOnlySet<string> OrganisationCodes { get; } = FirstColumn("organisations", "huguan.csv").ToHashSet();

    /// <summary>Codes and names; no name of an organisation holds a comma.</summary>
    public static IReadOnlySet<string> OrganisationNames { get; } =
        Lines("organisations", "huguan.csv").Select(l => l.Split(',')[1]).ToHashSet();

    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>Nothing is wrong; what is, is shown.</summary>
    public static void None(IEnumerable<string?> wrong) => Assert.Empty(wrong);

    private static List<JsonElement> ReadList(string folder, string file) =>
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "data", folder, file))).RootElement.EnumerateArray()];

    private static IEnumerable<string> FirstColumn(string folder, string file) => Lines(folder, file).Select(l => l.Split(',')[0]);

    private static IEnumerable<string> Lines(string folder, string file) =>
        File.ReadLines(Path.Combine(Root, "data", folder, file)).Skip(1).Where(l => l.Length > 0);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Linli.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No Linli.slnx above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
