using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;

namespace Linli.Requests.OpenData;

/// <param name="Type">As Frictionless Table Schema calls it: string, integer, number, date, datetime, boolean.</param>
/// <param name="Zh">What stands in it.</param>
internal sealed record BundleColumn(string Name, string Type, string Zh, string En);

/// <summary>One table of the bundle, with what each column means.</summary>
internal sealed record BundleTable(string Name, string TitleZh, string TitleEn, IReadOnlyList<BundleColumn> Columns, IReadOnlyList<string[]> Rows)
{
    public string Path => Name.Replace('_', '-') + ".csv";

    /// <summary>RFC 4180 in UTF-8 with the mark that Excel looks for; nothing in it is read as a formula.</summary>
    public byte[] Csv()
    {
        var text = new StringBuilder(CsvTable.Line([.. Columns.Select(c => c.Name)])).Append("\r\n");
        foreach (var row in Rows)
        {
            text.Append(CsvTable.WordsOnly(row)).Append("\r\n");
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>https://specs.frictionlessdata.io/tabular-data-resource/</summary>
    public object Resource(byte[] csv) => new
    {
        name = Name.Replace('_', '-'), path = Path, profile = "tabular-data-resource", title = $"{TitleZh} {TitleEn}", format = "csv", mediatype = "text/csv", encoding = "utf-8",
        bytes = csv.Length, hash = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(csv)),
        schema = new { fields = Columns.Select(c => new { name = c.Name, type = c.Type, title = c.Zh, description = c.En }), missingValues = new[] { "" } },
    };
}
