using System.Globalization;
using Linli.Shell.Ledgers;
using Linli.Shell.Pages;

namespace Linli.Requests.Ledgers.Lists;

/// <summary>How far back figures reach: the same choices as on their pages.</summary>
internal static class LastDays
{
    private const int Usual = 30;
    private static readonly string[] Choices = ["7", "30", "90", "366"];

    public static LedgerFilter Filter { get; } = new("days", "最近几天", "Last days", [.. Choices.Select(d => new Option(d, d))]);

    public static int Of(string? asked) => int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : Usual;
}
