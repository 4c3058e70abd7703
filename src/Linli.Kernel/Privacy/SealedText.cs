using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Linli.Kernel.Privacy;

/// <summary>
/// A text as the database keeps it: encrypted for one cell of one row, with the name of its key in front. Every property of this type is
/// mapped by <see cref="LinliDb"/>; <see cref="FieldCipher"/> alone opens it, so that no query, log or error can show what is inside.
/// </summary>
public sealed record SealedText
{
    internal const int KeyLength = 8;

    private SealedText(string stored) => Stored = stored;

    /// <summary>"1a2b3c4d." and base64 of nonce, tag and cipher text.</summary>
    [JsonIgnore]
    public string Stored { get; }

    /// <summary>The key that it was sealed with.</summary>
    [JsonIgnore]
    public string KeyId => Stored[..KeyLength];

    /// <exception cref="FormatException">It has not the form of one.</exception>
    public static SealedText FromStored(string stored) =>
        stored is { Length: > KeyLength + 1 } && stored[KeyLength] == '.' ? new SealedText(stored) : throw new FormatException("This is no sealed text.");

    public override string ToString() => "[sealed]";

    /// <summary>How <see cref="LinliDb"/> maps every property of this type.</summary>
    internal sealed class Column() : ValueConverter<SealedText, string>(text => text.Stored, stored => FromStored(stored));
}

/// <summary>Where a sealed text belongs. Moved to another cell it cannot be opened: swapping two people's numbers is noticed.</summary>
/// <param name="Table">Name of the row's class. Renaming a class or property means sealing its texts anew.</param>
/// <param name="Row">The row's key; parts of a key of several parts are joined by "/".</param>
public readonly record struct Cell(string Table, string Field, string Row)
{
    /// <param name="field">Name of the property: <c>nameof(ReporterContact.Phone)</c>.</param>
    public static Cell Of<TRow>(string field, Guid row) => new(typeof(TRow).Name, field, row.ToString("N"));

    /// <inheritdoc cref="Of{TRow}(string, Guid)"/>
    public static Cell Of<TRow>(string field, string row) => new(typeof(TRow).Name, field, row);

    public override string ToString() => $"{Table}.{Field}/{Row}";
}
