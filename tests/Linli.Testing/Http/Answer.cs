using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Linli.Kernel;

namespace Linli.Testing.Http;

/// <summary>What came back, read to the end.</summary>
public sealed class Answer
{
    private readonly Lazy<IHtmlDocument> _page;

    private Answer(HttpStatusCode status, Uri address, string? contentType, byte[] bytes, IReadOnlyDictionary<string, string> headers)
    {
        (Status, Address, ContentType, Bytes, Headers) = (status, address, contentType, bytes, headers);
        _page = new Lazy<IHtmlDocument>(() => new HtmlParser().ParseDocument(Text));
    }

    public HttpStatusCode Status { get; }

    /// <summary>Where one stands after redirects.</summary>
    public Uri Address { get; }

    public string Path => Address.AbsolutePath;
    public string? ContentType { get; }
    public byte[] Bytes { get; }
    public IReadOnlyDictionary<string, string> Headers { get; }
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    /// <summary>The answer as an HTML page.</summary>
    public IHtmlDocument Page => _page.Value;

    /// <summary>The words of the page as a reader sees them, with single spaces.</summary>
    public string Words => string.Join(' ', (Page.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public T Json<T>() => JsonSerializer.Deserialize<T>(Bytes, Kernel.Json.Plain)
        ?? throw new InvalidOperationException($"{Address} answered null where {typeof(T).Name} was expected.");

    /// <summary>The answer as JSON without a type.</summary>
    public JsonElement Json() => JsonSerializer.Deserialize<JsonElement>(Bytes);

    /// <summary>The stable code of a refusal (RFC 9457 title).</summary>
    public string? ProblemCode => ContentType == "application/problem+json" ? Json().GetProperty("title").GetString() : null;

    internal static async Task<Answer> ReadAsync(HttpResponseMessage response, Uri address) => new(
        response.StatusCode, address, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
}
