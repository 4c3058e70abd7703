using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

namespace Linli.Requests.Tests.Ledgers;

/// <summary>Opens files in a real spreadsheet program, without a screen, all in one start of it, and says what it found in the cells.</summary>
internal static class LibreOffice
{
    private const string Program = "/usr/bin/soffice";
    private static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static readonly XNamespace Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private static readonly XNamespace Text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    /// <param name="Type">float, percentage, date, string; null where it is empty.</param>
    /// <param name="Value">The number or the date itself, not how it is shown.</param>
    /// <param name="IsCovered">Under a merged cell.</param>
    internal sealed record Cell(string? Type, string? Value, string Shown, int Rows, int Columns, bool IsCovered);

    /// <summary>Rows of the first sheet of each file, with what follows the last cell left out.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<IReadOnlyList<Cell>>>> OpenAsync(params (string Name, byte[] Bytes)[] files)
    {
        Assert.SkipUnless(File.Exists(Program), "No LibreOffice was found. Debian: apt-get install libreoffice-calc-nogui; `dotnet dev.cs test` does it where it may.");
        var folder = Directory.CreateTempSubdirectory("linli-ledgers-");
        try
        {
            foreach (var (name, bytes) in files)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), bytes);
            }

            // CSV is comma-separated UTF-8 and taken as it stands: 44,34,76.
            var start = new ProcessStartInfo(Program,
                [$"-env:UserInstallation=file://{folder.FullName}/profile", "--headless", "--norestore", "--infilter=CSV:44,34,76", "--convert-to", "fods", "--outdir", Path.Combine(folder.FullName, "out"), .. files.Select(f => Path.Combine(folder.FullName, f.Name))])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var said = process.StandardOutput.ReadToEndAsync();
            var complained = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, await said + complained);
            return [.. files.Select(f => Read(Path.Combine(folder.FullName, "out", Path.ChangeExtension(f.Name, "fods"))))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<IReadOnlyList<Cell>> Read(string path) =>
    [
        .. XDocument.Load(path).Descendants(Table + "table").First().Descendants(Table + "table-row").Where(r => r.Attribute(Table + "number-rows-repeated") is null)
            .Select(row => (IReadOnlyList<Cell>)[.. row.Elements().SelectMany(Cells)]),
    ];

    private static IEnumerable<Cell> Cells(XElement cell) => Enumerable.Repeat(
        new Cell((string?)cell.Attribute(Office + "value-type"), (string?)cell.Attribute(Office + "value") ?? (string?)cell.Attribute(Office + "date-value"),
            string.Join('\n', cell.Elements(Text + "p").Select(p => p.Value)), Number(cell, "number-rows-spanned"), Number(cell, "number-columns-spanned"), cell.Name.LocalName == "covered-table-cell"),
        Math.Min(50, Number(cell, "number-columns-repeated")));

    private static int Number(XElement cell, string name) => int.Parse((string?)cell.Attribute(Table + name) ?? "1", CultureInfo.InvariantCulture);
}
