using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Linli.Dev.Supply;

/// <summary>The bill of materials: every locked package, as CycloneDX 1.6.</summary>
internal static class Sbom
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="packages">In the order in which they are written.</param>
    /// <param name="version">Of Linli.</param>
    public static string Of(IReadOnlyList<LockedPackage> packages, string version)
    {
        var components = new JsonArray([.. packages.Select(Component)]);
        return new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["serialNumber"] = $"urn:uuid:{NumberOf(components.ToJsonString())}",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "application", ["bom-ref"] = "linli", ["name"] = "linli", ["version"] = version,
                    ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = "Apache-2.0" } }),
                },
            },
            ["components"] = components,
        }.ToJsonString(Readable) + "\n";
    }

    private static JsonObject Component(LockedPackage package)
    {
        var component = new JsonObject
        {
            ["type"] = "library", ["bom-ref"] = package.Address, ["name"] = package.Name, ["version"] = package.Version, ["purl"] = package.Address,
            ["scope"] = package.IsShipped ? "required" : "excluded",
            ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = package.Hash }),
        };
        if (package.Licence is { } licence)
        {
            component["licenses"] = new JsonArray(new JsonObject { ["expression"] = licence });
        }

        return component;
    }

    /// <summary>The same packages have the same number: a build that is repeated is told by its bill to be the same.</summary>
    private static Guid NumberOf(string components) => new(SHA256.HashData(Encoding.UTF8.GetBytes(components)).AsSpan(..16));
}
