using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Linli.Kernel;

namespace Linli.Requests.Import.Assistant;

/// <summary>Which sheet, and which column is what.</summary>
/// <param name="Columns">Field to heading.</param>
public sealed record ImportChoice(string? Sheet, IReadOnlyDictionary<string, string> Columns)
{
    /// <summary>Nothing is imported when one row is wrong.</summary>
    public bool AllOrNothing { get; init; }

    /// <summary>Where a request is whose row does not say; the whole county for whoever administers it.</summary>
    public string? Area { get; init; }
}

/// <summary>One wrong cell.</summary>
/// <param name="Row">As the file counts them, from 1.</param>
/// <param name="Column">Heading; null when it is about the row.</param>
internal sealed record ImportFlaw(int Row, string? Column, FieldProblem Problem);

/// <summary>A file as the assistant sees it: headings found, columns chosen.</summary>
internal sealed record ImportSheet(ImportKind Kind, ImportTable Table, ImportChoice Choice)
{
    /// <summary>The heading row is the first that looks like one; without any, the first that holds anything.</summary>
    public static Outcome<ImportTable> Read(ImportKind kind, Stream file, string name, string? sheet)
    {
        var known = ImportFields.Of(kind).SelectMany(f => f.Headings).ToList();
        var found = ImportTable.Read(file, name, known, sheet, cells => ImportFields.IsHeading(kind, cells));
        return found.Succeeded ? found : ImportTable.Read(file, name, known, sheet, null);
    }

    /// <summary>The sheet to begin with: the first that has headings, else the first; null for what is no workbook or has but one.</summary>
    public static string? SheetOf(ImportKind kind, Stream file, string name, IReadOnlyList<string> sheets) => sheets.Count < 2 ? null
        : sheets.FirstOrDefault(s => ImportTable.Read(file, name, [], s, cells => ImportFields.IsHeading(kind, cells)).Succeeded) ?? sheets[0];

    public static string HeadingsOf(ImportTable table) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', table.Header))));

    public static ImportChoice ReadChoice(string json) => JsonSerializer.Deserialize<ImportChoice>(json, Json.Plain)!;

    public static string Write(ImportChoice choice) => JsonSerializer.Serialize(choice, Json.Plain);

    public IEnumerable<ImportField> Missing => ImportFields.Of(Kind).Where(f => f.IsNeeded && !Choice.Columns.ContainsKey(f.Key));

    /// <summary>What a row says for a field; null for nothing.</summary>
    public string? Cell(ImportRow row, string field) =>
        Choice.Columns.TryGetValue(field, out var heading) && Array.IndexOf(Table.Header, heading) is >= 0 and var at && at < row.Cells.Length && row.Cells[at].Trim() is { Length: > 0 } cell ? cell : null;

    public ImportFlaw Flaw(ImportRow row, FieldProblem problem) => new(row.Line, Choice.Columns.GetValueOrDefault(problem.Field), problem);
}
