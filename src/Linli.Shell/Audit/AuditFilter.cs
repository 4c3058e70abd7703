using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Shell.Text;

namespace Linli.Shell.Audit;

/// <summary>What to look for, as it was typed. Everything may be left out.</summary>
/// <param name="Person">Login, name or id of whoever acted, or whom it was about.</param>
/// <param name="Verb">One verb, as the list has it.</param>
/// <param name="Subject">What it was about: the number of a request, the code of an organisation.</param>
/// <param name="Kind">act, read or signIn.</param>
/// <param name="From">First day, 2026-03-02.</param>
/// <param name="Until">Last day, included.</param>
/// <param name="Before">Only entries older than this one, for the next page.</param>
/// <param name="Cursor">The same, as in every long list.</param>
public sealed record AuditQuery(string? Person, string? Verb, string? Subject, string? Kind, string? From, string? Until, string? Before, string? Cursor = null)
{
    private const int MostText = 100;

    internal Outcome<AuditFilter> Read()
    {
        AuditKind? kind = null;
        if (Kept(Kind) is { } typed && !Enum.TryParse(typed, ignoreCase: true, out AuditKind known))
        {
            return new Failure.Invalid("kind", "没有类别“{0}”：可以是 act、read 或 signIn。", typed);
        }
        else if (Kept(Kind) is { } sure)
        {
            kind = Enum.Parse<AuditKind>(sure, ignoreCase: true);
        }

        if (Day(From, out var from) is { } wrongFrom)
        {
            return new Failure.Invalid("from", wrongFrom, From!);
        }

        if (Day(Until, out var until) is { } wrongUntil)
        {
            return new Failure.Invalid("until", wrongUntil, Until!);
        }

        var last = Http.Calls.Cursor.Number(Cursor, long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null);
        return last.Succeeded ? new AuditFilter(Kept(Person), Kept(Verb), Kept(Subject), kind, from, until, last.Value.Last) : last.Failure;
    }

    /// <summary>The address of the same search from another place on.</summary>
    internal string Address(string path, long? before = null)
    {
        var parts = new (string Name, string? Value)[] { ("person", Person), ("verb", Verb), ("subject", Subject), ("kind", Kind), ("from", From), ("until", Until), ("before", before?.ToString(CultureInfo.InvariantCulture)) };
        var query = string.Join('&', parts.Where(p => Kept(p.Value) is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!.Trim())}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    internal bool IsNarrowed => new[] { Person, Verb, Subject, Kind, From, Until }.Any(v => Kept(v) is not null);

    private static string? Kept(string? typed) => typed?.Trim() is { Length: > 0 and <= MostText } text ? text : null;

    private static string? Day(string? typed, out DateOnly? day)
    {
        day = null;
        if (Kept(typed) is not { } text)
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) || read.Year is < 1900 or > 9000)
        {
            return "看不懂日期“{0}”：请写成 2026-03-02。";
        }

        day = read;
        return null;
    }
}

/// <summary>What to look for.</summary>
internal sealed record AuditFilter(string? Person, string? Verb, string? Subject, AuditKind? Kind, DateOnly? From, DateOnly? Until, long? Before)
{
    public DateTimeOffset? Start => From is { } day ? Midnight(day) : null;

    public DateTimeOffset? End => Until is { } day ? Midnight(day.AddDays(1)) : null;

    private static DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, LocalTime.Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
