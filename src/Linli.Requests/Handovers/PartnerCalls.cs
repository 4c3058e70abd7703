using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Linli.Kernel.Privacy;
using Linli.Shell.Http.Outbound;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Handovers;

/// <summary>What came of sending a report.</summary>
internal enum SendResult
{
    Accepted,

    /// <summary>Answered that it is not taken as it is: sent the same way again it would be refused again.</summary>
    Refused,

    /// <summary>Certainly not there: nobody was reached, or the other side said to come later.</summary>
    NotSent,

    /// <summary>No answer that says whether it arrived.</summary>
    Unknown,
}

/// <param name="Words">The other system's, or the network's.</param>
internal sealed record Sending(SendResult Result, string? Number = null, string? Token = null, string? Words = null, TimeSpan? NotBefore = null);

/// <summary>One request as the other system shows it.</summary>
internal sealed record TheirRequest(string Number, string? Status, string? Notes, string? Description, DateTimeOffset? UpdatedAt);

/// <summary>One update of it.</summary>
internal sealed record TheirUpdate(string Id, string Words, DateTimeOffset? At);

/// <summary>Talks to another organisation's endpoint as a GeoReport v2 client, over <see cref="OutboundCalls"/>. JSON, because every endpoint in wide use has it.</summary>
internal sealed class PartnerCalls(OutboundCalls calls, FieldCipher cipher, IOptions<OutboundOptions> options)
{
    /// <summary>So much of an answer is read: a list of a thousand requests with their texts.</summary>
    private const int MostRead = 8 * 1_024 * 1_024;
    private const int MostPages = 10;
    private const int PageSize = 200;

    public async Task<Sending> SendAsync(Partner partner, IEnumerable<KeyValuePair<string, string>> fields, string mark, CancellationToken cancellation)
    {
        var all = fields.Concat(cipher.Open(Partner.KeyOf(partner.Id), partner.Key) is { } key ? [KeyValuePair.Create("api_key", key)] : []).Concat(JurisdictionOf(partner));
        using var call = new HttpRequestMessage(HttpMethod.Post, $"{partner.Url}/requests.json") { Content = new FormUrlEncodedContent(all) };
        call.Headers.Add("Idempotency-Key", mark);
        call.Headers.ConnectionClose = true;   // on a connection of its own: a stale one would leave it unclear what arrived
        try
        {
            using var answer = await calls.SendAsync(call, cancellation);
            var (status, text) = ((int)answer.StatusCode, await ReadAsync(answer, cancellation));
            if (status is >= 200 and < 300)
            {
                return Parse(text) is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && (Text(first, "service_request_id") ?? Text(first, "token")) is not null
                    ? new Sending(SendResult.Accepted, Text(first, "service_request_id"), Text(first, "token"))
                    : new Sending(SendResult.Unknown, Words: $"{status}");
            }

            return status switch
            {
                429 => new Sending(SendResult.NotSent, Words: WordsOf(text) ?? "429", NotBefore: answer.Headers.RetryAfter?.Delta),
                >= 300 and < 400 => new Sending(SendResult.Refused, Words: $"{status} {answer.Headers.Location}"),
                408 or 425 or >= 500 => new Sending(SendResult.Unknown, Words: $"{status} {WordsOf(text)}".TrimEnd()),
                _ => new Sending(SendResult.Refused, Words: $"{status} {WordsOf(text)}".TrimEnd()),
            };
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError)
        {
            return new Sending(SendResult.NotSent, Words: Deepest(failure).Message);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Sending(SendResult.Unknown, Words: Deepest(failure).Message);
        }
    }

    /// <summary>Whether everybody sees a request of the service at once there, so that one that is not in their list is not there.</summary>
    public async Task<bool> ShowsAtOnceAsync(Partner partner, string serviceCode, CancellationToken cancellation) =>
        await GetAsync(partner, "services", [], cancellation) is { ValueKind: JsonValueKind.Array } list
        && list.EnumerateArray().Any(s => Text(s, "service_code") == serviceCode && Text(s, "type") == "realtime");

    /// <summary>Looks for what was sent by the mark in its text.</summary>
    /// <returns>False when their list cannot be read to its end.</returns>
    public async Task<(bool CouldLook, TheirRequest? Found)> FindAsync(Partner partner, string serviceCode, string mark, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation)
    {
        var seen = new HashSet<string>();
        for (var page = 1; page <= MostPages; page++)
        {
            var list = await GetAsync(partner, "requests", [("service_code", serviceCode), ("start_date", Time(since)), ("end_date", Time(until)), ("page", $"{page}"), ("page_size", $"{PageSize}")], cancellation);
            if (list is not { ValueKind: JsonValueKind.Array } found)
            {
                return (false, null);
            }

            var requests = found.EnumerateArray().Select(RequestOf).OfType<TheirRequest>().ToList();
            if (requests.FirstOrDefault(r => r.Description?.Contains(mark, StringComparison.Ordinal) == true) is { } ours)
            {
                return (true, ours);
            }

            // Beyond the end, or an endpoint that knows no pages and says the same again.
            var known = seen.Count;
            seen.UnionWith(requests.Select(r => r.Number));
            if (seen.Count == known || requests.Count < PageSize)
            {
                return (true, null);
            }
        }

        return (false, null);
    }

    /// <summary>The number that a token has become; empty while it is none, null when nobody could say.</summary>
    public async Task<string?> NumberOfAsync(Partner partner, string token, CancellationToken cancellation) =>
        await GetAsync(partner, $"tokens/{Uri.EscapeDataString(token)}", [], cancellation) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? Text(list[0], "service_request_id") ?? "" : null;

    public async Task<TheirRequest?> ReadAsync(Partner partner, string number, CancellationToken cancellation) =>
        await GetAsync(partner, $"requests/{Uri.EscapeDataString(number)}", [], cancellation) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? RequestOf(list[0]) : null;

    /// <summary>In the order in which they happened; nothing where the endpoint does not have this extension.</summary>
    public async Task<IReadOnlyList<TheirUpdate>> UpdatesAsync(Partner partner, string number, CancellationToken cancellation) =>
        await GetAsync(partner, "servicerequestupdates", [("service_request_id", number)], cancellation) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(u => Text(u, "service_request_id") == number && Text(u, "update_id") is not null && Text(u, "description") is not null)
                .Select(u => new TheirUpdate(Text(u, "update_id")!, Text(u, "description")!, TimeOf(u, "updated_datetime"))).OrderBy(u => u.At)]
            : [];

    private async Task<JsonElement?> GetAsync(Partner partner, string path, (string Name, string Value)[] query, CancellationToken cancellation)
    {
        var asked = query.Select(q => KeyValuePair.Create(q.Name, q.Value)).Concat(JurisdictionOf(partner)).Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value)}").ToList();
        using var call = new HttpRequestMessage(HttpMethod.Get, $"{partner.Url}/{path}.json{(asked.Count > 0 ? "?" : "")}{string.Join('&', asked)}");
        call.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("zh-CN"));
        try
        {
            using var answer = await calls.SendAsync(call, cancellation);
            return answer.IsSuccessStatusCode ? Parse(await ReadAsync(answer, cancellation)) : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Value.Timeout);
        await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
        using var read = new MemoryStream();
        var piece = new byte[16 * 1_024];
        for (int length; (length = await body.ReadAsync(piece, limit.Token)) > 0 && read.Length < MostRead;)
        {
            read.Write(piece, 0, length);
        }

        return System.Text.Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length);
    }

    private static IEnumerable<KeyValuePair<string, string>> JurisdictionOf(Partner partner) => partner.Jurisdiction is { } id ? [KeyValuePair.Create("jurisdiction_id", id)] : [];

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The descriptions of a list of errors.</summary>
    private static string? WordsOf(string text) => Parse(text) is { ValueKind: JsonValueKind.Array } list
        ? string.Join(' ', list.EnumerateArray().Select(e => Text(e, "description")).OfType<string>())
        : null;

    private static TheirRequest? RequestOf(JsonElement item) => Text(item, "service_request_id") is { } number
        ? new TheirRequest(number, Text(item, "status")?.ToLowerInvariant(), Text(item, "status_notes"), Text(item, "description"), TimeOf(item, "updated_datetime"))
        : null;

    /// <summary>Numbers are numbers at some endpoints and texts at others; empty is absent.</summary>
    private static string? Text(JsonElement item, string name) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number && value.ToString() is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? TimeOf(JsonElement item, string name) => Text(item, name) is { } text ? Open311.GeoParameters.TimeOf(text) : null;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static Exception Deepest(Exception failure) => failure.InnerException is { } inner ? Deepest(inner) : failure;
}
