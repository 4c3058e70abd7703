using System.Globalization;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Ledgers.Pages;

/// <summary>What a new ledger begins with, so that nobody begins with nothing.</summary>
internal static class NewLedger
{
    private const int Usual = 6, LongestFilter = 100, LongestName = 60;

    /// <summary>A list: one line for each record, with the filters and the days that the list on screen has in its address.</summary>
    public static LedgerDefinition List(ILedgerSource source, LedgerOffer offer, IQueryCollection asked)
    {
        var filters = offer.Filters.Select(f => (Filter: f, Value: asked[f.Key].ToString()))
            .Where(f => f.Value.Length is > 0 and <= LongestFilter && (f.Filter.Options is null || f.Filter.Options.Any(o => o.Value == f.Value))).ToDictionary(f => f.Filter.Key, f => f.Value);
        return new LedgerDefinition
        {
            Source = source.Key, Name = Named(source, Texts.Pick("台账", ": ledger")), Columns = [.. offer.Columns.Where(c => !c.IsPersonal).Take(Usual).Select(c => new LedgerColumnSpec(c.Key))], Filters = filters,
            Period = Days(asked, offer),
        };
    }

    /// <summary>A form of totals: a line for each township, how many there are, all together.</summary>
    public static LedgerDefinition Totals(ILedgerSource source, LedgerOffer offer)
    {
        var group = offer.Columns.FirstOrDefault(c => c is { InTotals: TotalUse.Grouped, Choices.Count: > 0 } && c.Key == "town") ?? offer.Columns.FirstOrDefault(c => c is { Kind: CellKind.Choice, Group: null })
            ?? offer.Columns.First(c => c.Kind is CellKind.Choice or CellKind.YesNo);
        var counted = offer.Columns.FirstOrDefault(c => c.InTotals == TotalUse.Counted) ?? offer.Columns.First(c => c.Key != group.Key);
        return new LedgerDefinition
        {
            Source = source.Key, Name = Named(source, Texts.Pick("汇总表", ": totals")),
            Columns = [new("#"), new(group.Key), new(counted.Key, Heading: Texts.Pick("件数", "How many"), Total: TotalKind.Count)],
            GroupBy = [group.Key], OnlyTotals = true, EmptyGroups = group.Choices is not null, GrandTotal = true,
            Period = offer.Columns.FirstOrDefault(c => c.HasPeriod) is { } time ? new LedgerPeriod(PeriodKind.LastWeek, time.Key) : new LedgerPeriod(PeriodKind.Always),
        };
    }

    /// <summary>There is something to group by.</summary>
    public static bool HasTotals(LedgerOffer offer) => offer.Columns.Any(c => c is { Kind: CellKind.Choice, Group: null });

    private static string Named(ILedgerSource source, string what) => Texts.Pick(source.Zh, source.En) + what is { Length: <= LongestName } name ? name : Texts.Pick(source.Zh, source.En);

    private static LedgerPeriod Days(IQueryCollection asked, LedgerOffer offer)
    {
        var (from, until) = (Day(asked["from"]), Day(asked["until"]));
        return offer.Columns.FirstOrDefault(c => c.HasPeriod) is { } time && (from ?? until) is not null
            ? new LedgerPeriod(PeriodKind.Days, time.Key, from ?? new DateOnly(2000, 1, 1), until ?? new DateOnly(2199, 12, 31)) : new LedgerPeriod(PeriodKind.Always);
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
