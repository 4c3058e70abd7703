namespace Linli.Testing;

/// <summary>For tests that read the sources and the shipped data.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A file that may not be part of Linli: in ../shared/data beside the repository, or in the folder that LINLI_SHARED names.</summary>
    public static string Shared(string file) => Path.Combine(Environment.GetEnvironmentVariable("LINLI_SHARED") ?? Path.Combine(Root, "..", "shared"), "data", file);

    /// <summary>Files that we wrote, by name pattern, without build output and generated migrations; paths relative to the root, with slashes.</summary>
    public static IEnumerable<string> Files(string folder, params string[] patterns) => patterns
        .SelectMany(pattern => Directory.EnumerateFiles(At(folder), pattern, SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "Migrations" or "dist"))
        .Order(StringComparer.Ordinal);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Linli.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Linli.slnx was not found above the tests.");
        }

        return folder.FullName;
    }
}
