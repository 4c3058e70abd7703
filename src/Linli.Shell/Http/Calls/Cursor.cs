using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Linli.Shell.Http.Calls;

/// <summary>
/// Where a page of a list ended, by the values that the list is ordered by: the next page begins after it whatever was added or taken away meanwhile, so nothing
/// comes twice and nothing is passed over. To callers it is a word without meaning.
/// </summary>
public sealed record Cursor(IReadOnlyList<string> Values)
{
    private const int Longest = 400;

    private static Failure Unknown { get; } = new Failure.Invalid("cursor", "这个 cursor 读不懂，或者属于别的列表。请从第一页重新开始。");

    private static Failure BadPage { get; } = new Failure.Invalid("page", "页码从 1 数起。");

    private static Failure TwoPlaces { get; } = new Failure.Invalid("page", "page 和 cursor 只能写一个：cursor 已经说明从哪里接着读。");

    public static Cursor At(params IReadOnlyList<string> values) => new(values);

    /// <param name="text">As the caller sent it; nothing is the first page.</param>
    /// <param name="kinds">The first value says what kind of cursor it is; only these belong to this list.</param>
    public static Outcome<Asked> Read(string? text, params IReadOnlyList<string> kinds)
    {
        if (string.IsNullOrEmpty(text))
        {
            return new Asked(null);
        }

        try
        {
            return text.Length <= Longest && JsonSerializer.Deserialize<List<string>>(Base64Url.DecodeFromChars(text)) is { Count: 3 } values && values.TrueForAll(v => v is not null) && kinds.Contains(values[0])
                && DateTimeOffset.TryParseExact(values[1], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? new Asked(new Cursor(values)) : Unknown;
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or DecoderFallbackException)
        {
            return Unknown;
        }
    }

    /// <summary>Of lists that can also be leafed through by number: one of the two says where to go on.</summary>
    public static Outcome<Asked> Read(string? text, int? page, params IReadOnlyList<string> kinds) =>
        page < 1 ? BadPage : page is not null && !string.IsNullOrEmpty(text) ? TwoPlaces : Read(text, kinds);

    public string Kind => Values[0];
    public DateTimeOffset Time => DateTimeOffset.ParseExact(Values[1], "O", CultureInfo.InvariantCulture);
    public string Key => Values[2];

    /// <param name="kind">What the list is ordered by.</param>
    /// <param name="time">Of the last line.</param>
    /// <param name="key">Of the last line, to tell lines of one time apart.</param>
    public static Cursor After(string kind, DateTimeOffset time, string key) => At(kind, time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture), key);

    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(Values));

    /// <summary>Says in the header Link (RFC 8288) where the next page is: the same address with the cursor.</summary>
    public static void Link(HttpContext context, string? next)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (next is not null)
        {
            var query = context.Request.Query.Where(q => q.Key is not ("cursor" or "page" or "before")).SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v))).Append(new("cursor", next));
            context.Response.Headers.Append("Link", $"<{QueryHelpers.AddQueryString(context.Request.Path, query)}>; rel=\"next\"");
        }
    }

    /// <summary>Lists that only grow at one end go on after the number of a line.</summary>
    /// <param name="cursor">As the caller sent it; nothing is the first page.</param>
    /// <param name="before">The older name of the same.</param>
    public static Outcome<LastLine> Number(string? cursor, long? before) =>
        string.IsNullOrEmpty(cursor) ? new LastLine(before) : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? new LastLine(last) : Unknown;

    public static void Link(HttpContext context, long? next) => Link(context, next?.ToString(CultureInfo.InvariantCulture));

    /// <param name="Last">Null for the first page.</param>
    public sealed record LastLine(long? Last);

    /// <param name="Cursor">Null for the first page.</param>
    public sealed record Asked(Cursor? Cursor);
}
