using System.Text;

namespace Linli.Routing.Topics;

/// <summary>What names of places end with; they stand in the file beside this one.</summary>
internal static class Places
{
    private static readonly string[] Endings = Read();

    public static bool IsPlace(string phrase) => phrase.Length >= 3 && Array.Exists(Endings, e => phrase.EndsWith(e, StringComparison.Ordinal));

    private static string[] Read()
    {
        using var file = new StreamReader(typeof(Places).Assembly.GetManifestResourceStream("place-endings.txt")!, Encoding.UTF8);
        return file.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }
}
