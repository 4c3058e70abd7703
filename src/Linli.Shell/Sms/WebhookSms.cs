using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Sms;

/// <summary>Hands messages to a gateway over HTTP, signed. Follows no redirects, waits ten seconds.</summary>
internal sealed class WebhookSms(IOptions<SmsOptions> options, TimeProvider clock) : ISmsSender, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(10) };

    public async Task SendAsync(OutgoingSms sms, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = sms.Id, to = sms.To, text = sms.Text }, Json.Plain);
        var at = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Linli-Timestamp", at);
        request.Headers.Add("X-Linli-Signature", Sign(options.Value.Secret ?? "", at, body));
        using var answer = await _http.SendAsync(request, cancellation);
        if ((int)answer.StatusCode is >= 400 and < 500 && answer.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests))
        {
            throw new SmsRefusedException($"HTTP {(int)answer.StatusCode}");
        }

        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    internal static string Sign(string secret, string at, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(at + "."), .. body]));
}
