using Linli.Testing;

namespace Linli.Attacks.Wire;

/// <summary>Sizes and numbers that nobody needs, against the real server.</summary>
public sealed class SizeTests(WireTown wire) : IClassFixture<WireTown>
{
    private Town Town => wire.Town;

    [Theory]
    [InlineData("line", "414")]
    [InlineData("header", "431")]
    [InlineData("headers", "431")]
    [InlineData("cookies", "431")]
    [InlineData("method", "403")]
    [InlineData("body", "413")]
    [InlineData("upload", "422")]
    [InlineData("fields", "413")]
    [InlineData("name of a field", "413")]
    [InlineData("value of a field", "413")]
    [InlineData("parts", "413")]
    [InlineData("headers of a part", "413")]
    [InlineData("boundary", "413")]
    [InlineData("depth", "400")]
    public async Task What_is_larger_than_anybody_needs_is_refused(string what, string status)
    {
        var answer = await RawLine.SayAsync(Town, Large(what));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    private static string Large(string what) => what switch
    {
        "line" => $"GET /{new string('a', 9_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "header" => $"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: {new string('a', 33_000)}\r\n\r\n",
        "headers" => $"GET / HTTP/1.1\r\nHost: localhost\r\n{Many(100, i => $"X-{i}: a\r\n")}\r\n",
        "cookies" => $"GET / HTTP/1.1\r\nHost: localhost\r\n{Many(20, i => $"Cookie: linli.mine={new string('a', 4_000)}\r\n")}\r\n",
        "method" => $"{new string('A', 5_000)} / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "body" => Form(new string('a', 600_000), limited: "POST /sign-in"),
        "upload" => "POST /api/evidence HTTP/1.1\r\nHost: localhost\r\nX-Linli: 1\r\nContent-Type: image/jpeg\r\nConnection: close\r\nContent-Length: 99999999999\r\n\r\n",
        "fields" => Form(Many(500, i => $"f{i}=a&")),
        "name of a field" => Form(new string('a', 300) + "=a"),
        "value of a field" => Form("text=" + new string('a', 300_000)),
        "parts" => Parts(Many(500, i => Part($"f{i}"))),
        "headers of a part" => Parts("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n" + Many(30, i => $"X-{i}: {new string('a', 500)}\r\n") + "\r\na\r\n"),
        "boundary" => Parts(Part("a"), new string('b', 500)),
        "depth" => Json(new string('[', 20_000)),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static string Form(string body, string limited = "POST /report") =>
        $"{limited} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static string Json(string body) =>
        $"POST /api/requests HTTP/1.1\r\nHost: localhost\r\nX-Linli: 1\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static string Parts(string parts, string boundary = "b")
    {
        var body = parts.Replace("--b\r\n", $"--{boundary}\r\n", StringComparison.Ordinal) + $"--{boundary}--\r\n";
        return $"POST /report HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary={boundary}\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    private static string Part(string name) => $"--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\na\r\n";

    private static string Many(int count, Func<int, string> one) => string.Concat(Enumerable.Range(0, count).Select(one));
}
