namespace Linli.Database.Archive;

/// <summary>What a column holds, whatever engine keeps it; how each is written is in docs/operate/archive.md.</summary>
public enum CellKind
{
    Text,
    Bool,
    Whole32,
    Whole64,
    Real,
    Exact,
    Uuid,
    Time,
    Date,
    TimeOfDay,
    Bytes,
    Texts,
}

public sealed record ArchiveColumn(string Name, CellKind Kind, bool IsNullable);

/// <summary>The number that a column without gaps in time was given last; the next row gets the one after it.</summary>
public sealed record ArchiveCounter(string Column, long Last);

/// <param name="File">One row a line, each a JSON array of its cells in the order of <see cref="Columns"/>.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
public sealed record ArchiveTable(string Name, string File, IReadOnlyList<ArchiveColumn> Columns, ArchiveCounter? Counter, long Rows, string Sha256);

/// <summary>What an archive holds: the last entry in it, so that one that was cut off has none.</summary>
/// <param name="Migrations">Names without the time in front, oldest first: the two engines have the same ones at different times.</param>
/// <param name="Tables">In an order in which every row's references are there before it.</param>
/// <param name="KeyIds">Keys that its sealed cells and its audit log need.</param>
public sealed record ArchiveManifest(
    string Format, int Version, DateTimeOffset MadeAt, string Engine, IReadOnlyList<string> Migrations, IReadOnlyList<ArchiveTable> Tables,
    int EvidenceFiles, long EvidenceBytes, IReadOnlyList<string> KeyIds, bool HasKeys)
{
    public const string FormatName = "linli-archive";
    public const int CurrentVersion = 1;
    public const string FileName = "manifest.json";
    public const string EvidenceFolder = "evidence/";
    public const string AuditFolder = "audit/";
    public const string KeysFile = "keys.sealed";
}

/// <param name="What">A table's name, or "evidence".</param>
public sealed record ArchiveProgress(string What, long Done, long Total);

/// <summary>The archive cannot be made or taken. A text key and its values, as a Failure.</summary>
public sealed class ArchiveRefusedException(string message, params object[] values) : Exception(string.Format(null, message, values))
{
    public string Key { get; } = message;
    public IReadOnlyList<object> Values { get; } = values;
}
