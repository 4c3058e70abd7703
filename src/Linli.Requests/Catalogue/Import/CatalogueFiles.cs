using System.Text;
using System.Text.Json;
using Linli.Kernel;

namespace Linli.Requests.Catalogue;

/// <summary>The four files of a catalogue; their format is in data/catalogue/README.md.</summary>
public sealed record CatalogueFiles(Stream Groups, Stream ServiceTypes, Stream Reasons, Stream Responsibility) : IDisposable
{
    public const string GroupsName = "groups.json";
    public const string ServiceTypesName = "service-types.json";
    public const string ReasonsName = "reasons.json";
    public const string ResponsibilityName = "responsibility.csv";

    /// <summary>Opens the files of a folder.</summary>
    public static Outcome<CatalogueFiles> In(string folder)
    {
        string[] names = [GroupsName, ServiceTypesName, ReasonsName, ResponsibilityName];
        return names.FirstOrDefault(n => !File.Exists(Path.Combine(folder, n))) is { } missing
            ? new Failure.Invalid(missing, "文件夹“{0}”中没有这个文件。", folder)
            : new CatalogueFiles(Open(GroupsName), Open(ServiceTypesName), Open(ReasonsName), Open(ResponsibilityName));

        Stream Open(string name) => File.OpenRead(Path.Combine(folder, name));
    }

    public void Dispose()
    {
        Groups.Dispose();
        ServiceTypes.Dispose();
        Reasons.Dispose();
        Responsibility.Dispose();
    }

    /// <summary>The root of a JSON file, or nothing with the problem written down.</summary>
    internal static async Task<JsonElement?> ReadJsonAsync(Stream stream, string file, JsonValueKind expected, ImportProblems problems, CancellationToken cancellation)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }, cancellation);
            if (document.RootElement.ValueKind == expected)
            {
                return document.RootElement.Clone();
            }

            problems.Add(file, expected == JsonValueKind.Array ? "应为列表（用方括号）。" : "应为一个对象（用花括号）。");
        }
        catch (Exception wrong) when (wrong is JsonException or DecoderFallbackException)
        {
            problems.Add(file, "不是有效的 JSON：第 {0} 行附近有误。", ((wrong as JsonException)?.LineNumber ?? 0) + 1);
        }

        return null;
    }
}
