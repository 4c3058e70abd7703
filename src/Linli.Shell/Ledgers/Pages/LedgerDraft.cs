using System.Globalization;
using System.Text.Json;
using Linli.Kernel;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Ledgers.Pages;

/// <summary>A column that was taken out a moment ago, and where it stood.</summary>
public sealed record RemovedColumn(int At, LedgerColumnSpec Column);

/// <summary>A ledger that is being put together, between two presses of a button.</summary>
public sealed record LedgerDraft(LedgerDefinition Definition, RemovedColumn? Removed = null)
{
    private const int LongestRemoved = 6_000;

    internal static LedgerDraft Read(IFormCollection form) => new(LedgerForm.Read(form), RemovedOf(form));

    /// <summary>What travels with the form so that it can be undone.</summary>
    public string? RemovedText => Removed is null ? null : JsonSerializer.Serialize(Removed, Json.Plain);

    /// <summary>What a button does to the columns: up:2, down:2, remove:2, undo, add, addFormula, addNumber; everything else leaves them as they are.</summary>
    public LedgerDraft Do(IFormCollection form, LedgerOffer offer)
    {
        var parts = form["do"].ToString().Split(':');
        var columns = Definition.Columns.ToList();
        var at = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < columns.Count ? place : -1;
        var removed = Removed;
        switch (parts[0])
        {
            case "up" when at > 0:
                (columns[at - 1], columns[at]) = (columns[at], columns[at - 1]);
                break;
            case "down" when at >= 0 && at < columns.Count - 1:
                (columns[at + 1], columns[at]) = (columns[at], columns[at + 1]);
                break;
            case "remove" when at >= 0:
                removed = new RemovedColumn(at, columns[at]);
                columns.RemoveAt(at);
                break;
            case "undo" when removed is not null:
                columns.Insert(Math.Clamp(removed.At, 0, columns.Count), removed.Column);
                removed = null;
                break;
            case "add":
                columns.AddRange(form["add"].OfType<string>().Select(key => offer.Columns.FirstOrDefault(c => c.Key == key)).OfType<LedgerColumn>().Take(LedgerDefinition.MostColumns).Select(Added));
                break;
            case "addFormula":
                columns.Add(Definition.OnlyTotals ? new LedgerColumnSpec(null, "", Total: TotalKind.Formula, Look: NumberLook.Percent) : new LedgerColumnSpec(null, ""));
                break;
            case "addNumber":
                columns.Insert(0, new LedgerColumnSpec("#"));
                break;
            default:
                return this;
        }

        return new LedgerDraft(Definition with { Columns = columns }, removed);
    }

    /// <summary>In a form of totals a column has one from the start: without it its cells would stay empty.</summary>
    private LedgerColumnSpec Added(LedgerColumn column) => new(column.Key, Total: !Definition.OnlyTotals || Definition.GroupBy.Contains(column.Key) ? TotalKind.None : UsualTotal(column));

    public static TotalKind UsualTotal(LedgerColumn column) => column.Kind switch
    {
        CellKind.Number => TotalKind.Sum,
        CellKind.Hours => TotalKind.Average,
        _ => TotalKind.Count,
    };

    private static RemovedColumn? RemovedOf(IFormCollection form)
    {
        var text = form["removed"].ToString();
        try
        {
            return text.Length is > 0 and < LongestRemoved && JsonSerializer.Deserialize<RemovedColumn>(text, Json.Plain) is { Column: not null } removed ? removed : null;
        }
        catch (JsonException)
        {
            return null;   // somebody's own form
        }
    }
}
