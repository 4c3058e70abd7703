using System.Xml.Linq;

namespace Linli.Dev.Supply;

/// <summary>sbom [FILE]: writes down what Linli is made of.</summary>
internal sealed class SbomVerb(Repository repository, Options options)
{
    public int Run()
    {
        var file = Path.GetFullPath(options.Word() ?? Path.Combine(repository.Artifacts, "sbom.json"));
        options.NothingElse();
        var packages = LockedPackage.All(repository);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Sbom.Of(packages, XDocument.Load(repository.At("Directory.Build.props")).Descendants("Version").Single().Value));
        Console.WriteLine($"{packages.Count} packages, {packages.Count(p => p.IsShipped)} of them in a published build: {file}");
        return 0;
    }
}
