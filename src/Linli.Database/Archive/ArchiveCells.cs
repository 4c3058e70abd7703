using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace Linli.Database.Archive;

/// <summary>Cells between a database's row and a line of an archive, the same for both engines and to the last digit.</summary>
internal static class ArchiveCells
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static void Write(Utf8JsonWriter line, DbDataReader row, int i, CellKind kind)
    {
        if (row.IsDBNull(i))
        {
            line.WriteNullValue();
            return;
        }

        switch (kind)
        {
            case CellKind.Text: line.WriteStringValue(row.GetString(i)); break;
            case CellKind.Bool: line.WriteBooleanValue(row.GetBoolean(i)); break;
            case CellKind.Whole32 or CellKind.Whole64: line.WriteNumberValue(row.GetInt64(i)); break;
            case CellKind.Real: line.WriteNumberValue(row.GetDouble(i)); break;
            case CellKind.Exact: line.WriteStringValue(row.GetDecimal(i).ToString(CultureInfo.InvariantCulture)); break;
            case CellKind.Uuid: line.WriteStringValue(row.GetGuid(i)); break;
            case CellKind.Time: line.WriteStringValue(TimeOf(row.GetValue(i)).ToString(TimeForm, CultureInfo.InvariantCulture)); break;
            case CellKind.Date: line.WriteStringValue(row.GetFieldValue<DateOnly>(i).ToString("O", CultureInfo.InvariantCulture)); break;
            case CellKind.TimeOfDay: line.WriteStringValue(row.GetFieldValue<TimeOnly>(i).ToString("O", CultureInfo.InvariantCulture)); break;
            case CellKind.Bytes: line.WriteBase64StringValue(row.GetFieldValue<byte[]>(i)); break;
            case CellKind.Texts: WriteTexts(line, row.GetValue(i)); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    /// <summary>As the drivers of both engines take it; times are of kind UTC.</summary>
    /// <exception cref="FormatException">The cell is not of this kind.</exception>
    /// <exception cref="InvalidOperationException">The cell is not of this kind.</exception>
    public static object? Read(JsonElement cell, CellKind kind) => cell.ValueKind == JsonValueKind.Null ? null : kind switch
    {
        CellKind.Text => cell.GetString()!,
        CellKind.Bool => cell.GetBoolean(),
        CellKind.Whole32 => cell.GetInt32(),
        CellKind.Whole64 => cell.GetInt64(),
        CellKind.Real => cell.GetDouble(),
        CellKind.Exact => decimal.Parse(cell.GetString()!, NumberStyles.Number, CultureInfo.InvariantCulture),
        CellKind.Uuid => cell.GetGuid(),
        CellKind.Time => TimeOf(cell.GetString()!),
        CellKind.Date => DateOnly.ParseExact(cell.GetString()!, "O", CultureInfo.InvariantCulture),
        CellKind.TimeOfDay => TimeOnly.ParseExact(cell.GetString()!, "O", CultureInfo.InvariantCulture),
        CellKind.Bytes => cell.GetBytesFromBase64(),
        CellKind.Texts => cell.EnumerateArray().Select(t => t.GetString()!).ToArray(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>As SQLite keeps a time, which sorts as text.</summary>
    public static string Sortable(DateTime time) => time.ToString(TimeForm, CultureInfo.InvariantCulture);

    private static DateTime TimeOf(object kept) => kept is DateTime time ? time.ToUniversalTime() : DateTime.ParseExact(
        (string)kept, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static void WriteTexts(Utf8JsonWriter line, object kept)
    {
        line.WriteStartArray();
        foreach (var text in kept as string[] ?? JsonSerializer.Deserialize<string[]>((string)kept) ?? [])
        {
            line.WriteStringValue(text);
        }

        line.WriteEndArray();
    }
}
