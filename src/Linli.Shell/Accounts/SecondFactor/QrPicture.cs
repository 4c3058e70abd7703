using System.Globalization;
using System.Text;
using QRCoder;

namespace Linli.Shell.Accounts.SecondFactor;

/// <summary>A QR code as one SVG path: no style, no script, nothing that the content policy would have to allow.</summary>
internal static class QrPicture
{
    public const string Empty = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="240" height="240"/>""";

    public static string Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;   // with a quiet zone of its own
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules[y].Count; x++)
            {
                if (modules[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {modules.Count} {modules.Count}" width="240" height="240" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="{path}" fill="#000"/></svg>""";
    }
}
