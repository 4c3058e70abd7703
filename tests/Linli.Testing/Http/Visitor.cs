using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;

namespace Linli.Testing.Http;

/// <summary>
/// Somebody with a browser without script: keeps cookies, follows redirects, fills in forms.
/// An error 500 is an exception with what the product logged, unless the test expects it.
/// </summary>
public sealed class Visitor : IDisposable
{
    private const int MaxRedirects = 10;
    private static readonly HttpRequestOptionsKey<bool> IsRaw = new("raw");
    private static readonly string[] Saying = ["Sec-Fetch-Site", "Origin", "Referer", "X-Linli"];
    private readonly CookieContainer _cookies;
    private readonly HttpClient _http;
    private readonly TownLog _log;

    /// <param name="before">The same browser, before the server was restarted.</param>
    internal Visitor(HttpClient http, TownLog log, Visitor? before = null) => (_http, _log, _cookies) = (http, log, before?._cookies ?? new());

    /// <summary>zh-CN as most readers; "en" to read the product in English.</summary>
    public string Language { get; set; } = "zh-CN";

    /// <summary>For tests of what a reader sees when something breaks.</summary>
    public bool ExpectsServerErrors { get; set; }

    /// <summary>A phone that turns off redirects sees the first answer.</summary>
    public bool FollowsRedirects { get; set; } = true;

    /// <summary>What the browser holds, as an attacker would read it off.</summary>
    public IReadOnlyDictionary<string, string> Cookies => _cookies.GetCookies(_http.BaseAddress!).ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal);

    /// <summary>Puts cookies of another browser, of another time or made up into this one.</summary>
    public void Plant(IEnumerable<KeyValuePair<string, string>> cookies)
    {
        foreach (var (name, value) in cookies)
        {
            _cookies.Add(new Cookie(name, value, "/", _http.BaseAddress!.Host));
        }
    }

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, Of(path)));

    /// <summary>Posts fields as a form would; the page it came from is not needed (docs/decisions/0007).</summary>
    public Task<Answer> PostFormAsync(string path, params (string Name, string Value)[] fields) => SendAsync(new HttpRequestMessage(HttpMethod.Post, Of(path))
    {
        Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
    });

    /// <summary>Fills in the first form of the page that matches, keeping everything that it already holds, and sends it off.</summary>
    /// <param name="form">A CSS selector, for instance form[action$='/dispatch'].</param>
    public Task<Answer> SubmitAsync(Answer page, string form, params (string Name, string Value)[] fields) => SendAsync(FilledForm.Of(page, form, fields));

    /// <summary>Calls the API as a program would.</summary>
    public Task<Answer> SendJsonAsync(HttpMethod method, string path, object? body = null)
    {
        var request = new HttpRequestMessage(method, Of(path));
        request.Headers.Add("X-Linli", "1");
        request.Headers.Accept.ParseAdd("application/json");
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, options: Json.Plain);
        }

        return SendAsync(request);
    }

    /// <summary>Exactly these headers (besides cookies and language): what a foreign page or a broken client sends.</summary>
    public Task<Answer> SendRawAsync(HttpMethod method, string path, HttpContent? content, IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(method, Of(path)) { Content = content };
        request.Options.Set(IsRaw, true);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        for (var redirects = 0; ; redirects++)
        {
            var address = request.RequestUri!.IsAbsoluteUri ? request.RequestUri : new Uri(_http.BaseAddress!, request.RequestUri);
            request.Headers.AcceptLanguage.ParseAdd(Language);
            SayWhereFrom(request);
            if (_cookies.GetCookieHeader(address) is { Length: > 0 } cookies)
            {
                request.Headers.Add("Cookie", cookies);
            }

            using var response = await _http.SendAsync(request);
            Keep(response, address);
            if (FollowsRedirects && response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther && redirects < MaxRedirects)
            {
                request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, response.Headers.Location!));
                continue;
            }

            var answer = await Answer.ReadAsync(response, address);
            return (int)answer.Status < 500 || ExpectsServerErrors ? answer : throw new InvalidOperationException(
                $"{request.Method} {address.PathAndQuery} ended in {(int)answer.Status}.\n{string.Join('\n', _log.Errors)}");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>As browsers do; a program says X-Linli instead, and a test of this says what it wants to.</summary>
    private static void SayWhereFrom(HttpRequestMessage request)
    {
        if (request.Method != HttpMethod.Get && !request.Options.TryGetValue(IsRaw, out _) && !Saying.Any(request.Headers.Contains))
        {
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        }
    }

    private static Uri Of(string path) => new(path, UriKind.RelativeOrAbsolute);

    private void Keep(HttpResponseMessage response, Uri address)
    {
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            foreach (var cookie in cookies)
            {
                _cookies.SetCookies(address, cookie);
            }
        }
    }
}
