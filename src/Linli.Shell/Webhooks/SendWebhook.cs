using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Linli.Shell.Http.Outbound;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Webhooks;

/// <summary>What came of one try.</summary>
/// <param name="RetryAfter">When the receiver says to come again, at the earliest.</param>
internal sealed record Tried(WebhookDelivery Delivery, DateTimeOffset At, TryResult Result, int? Status, int Milliseconds, string? Answer, TimeSpan? RetryAfter);

/// <summary>One try: one POST, signed, and the beginning of the answer.</summary>
internal sealed class SendWebhook(OutboundCalls calls, WebhookSecret secrets, IOptions<OutboundOptions> options, TimeProvider clock)
{
    private const int MostRead = 1_024;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    public async Task<Tried> HandleAsync(Webhook webhook, WebhookDelivery delivery, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var watch = Stopwatch.StartNew();
        try
        {
            using var call = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body)) };
            call.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
            call.Headers.UserAgent.ParseAdd("Linli-Webhooks/1");
            call.Headers.Add(WebhookSecret.IdHeader, delivery.EventId);
            call.Headers.Add(WebhookSecret.TimeHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            call.Headers.Add(WebhookSecret.SignatureHeader, secrets.Sign(webhook, delivery.EventId, now, delivery.Body));
            using var answer = await calls.SendAsync(call, cancellation);
            var status = (int)answer.StatusCode;
            var result = status switch { >= 200 and < 300 => TryResult.Accepted, >= 300 and < 400 => TryResult.Redirected, _ => TryResult.Refused };
            var text = result == TryResult.Redirected ? $"{answer.Headers.Location}" : await BeginningAsync(answer, cancellation);
            return new Tried(delivery, now, result, status, (int)watch.ElapsedMilliseconds, Short(text), Pause(answer.Headers.RetryAfter, now));
        }
        catch (HttpRequestException unreachable)
        {
            return new Tried(delivery, now, TryResult.Unreachable, null, (int)watch.ElapsedMilliseconds, Short(Deepest(unreachable).Message), null);
        }
    }

    /// <summary>Whoever answers without ending is cut off; what was answered counts all the same.</summary>
    private async Task<string> BeginningAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Value.Timeout);
        var read = new byte[MostRead];
        var length = 0;
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            length = await body.ReadAtLeastAsync(read, MostRead, throwOnEndOfStream: false, limit.Token);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException || (cut is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // The status is there; the words are only for people.
        }

        return Encoding.UTF8.GetString(read, 0, length);
    }

    private static TimeSpan? Pause(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var asked = header?.Delta ?? header?.Date - now;
        return asked > LongestRetryAfter ? LongestRetryAfter : asked;
    }

    private static Exception Deepest(Exception exception) => exception.InnerException is { } inner ? Deepest(inner) : exception;

    /// <summary>As it can be stored and shown in one line.</summary>
    private static string? Short(string text)
    {
        var line = string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c == '\uFFFD' ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? null : line.Length > WebhookTry.MaxAnswer ? line[..(WebhookTry.MaxAnswer - 1)] + "…" : line;
    }
}
