using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Ledgers.Pages;

/// <summary>The form that puts a ledger together, as it is posted: fields carry the names that problems are told under.</summary>
internal static class LedgerForm
{
    /// <summary>More than may be saved, so that what is too much is said rather than dropped.</summary>
    private const int MostRead = LedgerDefinition.MostColumns + 10;
    private const string Filter = "filters.";

    public static LedgerDefinition Read(IFormCollection form) => new()
    {
        Source = Words(form, "source") ?? "",
        Name = Words(form, "name") ?? "",
        NameEn = Words(form, "nameEn"),
        Title = Words(form, "title"),
        Subtitle = Words(form, "subtitle"),
        LeftLine = Words(form, "leftLine"),
        RightLine = Words(form, "rightLine"),
        Signature = Words(form, "signature"),
        TitleEn = Words(form, "titleEn"),
        SubtitleEn = Words(form, "subtitleEn"),
        LeftLineEn = Words(form, "leftLineEn"),
        RightLineEn = Words(form, "rightLineEn"),
        SignatureEn = Words(form, "signatureEn"),
        IsPortrait = form["isPortrait"] == "true",
        Columns = [.. Enumerable.Range(0, MostRead).TakeWhile(i => form.ContainsKey($"columns[{i}].heading") || form.ContainsKey($"columns[{i}].column")).Select(i => Column(form, i))],
        Filters = form.Keys.Where(k => k.StartsWith(Filter, StringComparison.Ordinal)).Take(50).Select(k => (Key: k[Filter.Length..], Value: Words(form, k))).Where(f => f.Value is not null)
            .DistinctBy(f => f.Key).ToDictionary(f => f.Key, f => f.Value!),
        Period = new LedgerPeriod(Chosen<PeriodKind>(form, "period.kind"), Words(form, "period.column"), Day(form, "period.from"), Day(form, "period.until")),
        Where = Words(form, "where"),
        Sort = [.. Enumerable.Range(0, LedgerDefinition.MostSorts).Where(i => Words(form, $"sort[{i}]") is not null).Select(i => new LedgerSort(Words(form, $"sort[{i}]")!, form[$"sort[{i}].descending"] == "true"))],
        GroupBy = [.. Enumerable.Range(0, LedgerDefinition.MostGroups).Select(i => Words(form, $"groupBy[{i}]")).OfType<string>()],
        OnlyTotals = form["onlyTotals"] == "true",
        EmptyGroups = form["emptyGroups"] == "true",
        GrandTotal = form["grandTotal"] == "true",
    };

    private static LedgerColumnSpec Column(IFormCollection form, int i)
    {
        var (field, width) = ($"columns[{i}]", Words(form, $"columns[{i}].width"));
        var key = Words(form, $"{field}.column");
        return new LedgerColumnSpec(
            key, key is null ? form[$"{field}.formula"].ToString() : null, Words(form, $"{field}.heading"), Words(form, $"{field}.headingEn"), Words(form, $"{field}.under"), Words(form, $"{field}.underEn"),
            Chosen<TotalKind>(form, $"{field}.total"), Chosen<NumberLook>(form, $"{field}.look"), width is null ? null : int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var wide) ? wide : 0);
    }

    private static string? Words(IFormCollection form, string field) => form[field].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static T Chosen<T>(IFormCollection form, string field) where T : struct, Enum => Enum.TryParse<T>(form[field].ToString(), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : default;

    private static DateOnly? Day(IFormCollection form, string field) => DateOnly.TryParseExact(form[field].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
