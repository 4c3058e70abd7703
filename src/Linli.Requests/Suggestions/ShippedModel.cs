using Linli.Kernel;
using Linli.Routing.Classifying;

namespace Linli.Requests.Suggestions;

/// <summary>The classifier that comes with Linli: sorts a text into seven broad categories (data/routing). Read once for a process, when it is first asked for.</summary>
internal static class ShippedModel
{
    public const string FileName = "sectors.model";

    private static readonly Lazy<TextClassifier> Read = new(() =>
    {
        using var file = File.OpenRead(Path.Combine(ShippedData.Folder("routing"), FileName));
        return ModelFile.Read(file);
    });

    public static TextClassifier Value => Read.Value;
}
