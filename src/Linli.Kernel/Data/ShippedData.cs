namespace Linli.Kernel;

/// <summary>The files of <c>data/</c> that come with every build.</summary>
public static class ShippedData
{
    /// <summary>Beside the program in a published build; up the folders when run from the sources.</summary>
    /// <param name="name">The folder inside <c>data/</c>: "catalogue".</param>
    /// <exception cref="DirectoryNotFoundException">It is in neither place.</exception>
    public static string Folder(string name)
    {
        var place = Path.Combine("data", name);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, place);
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        throw new DirectoryNotFoundException($"The folder {place} is neither beside the program ({AppContext.BaseDirectory}) nor above it. It is part of every build of Linli; install it again.");
    }
}
