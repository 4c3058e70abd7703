using Linli.Shell.Http;
using Linli.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Linli.Attacks.Wire.Calls;

namespace Linli.Attacks.Wire;

/// <summary>How many connections and lines one gets, and which protocol is spoken on them, against the real server.</summary>
public sealed class ConnectionTests(WireTown wire) : IClassFixture<WireTown>
{
    private Town Town => wire.Town;

    [Fact]
    public async Task One_address_opens_so_many_connections_and_a_closed_one_makes_room()
    {
        await using var town = await Linli.Testing.Town.FoundAsync(new TownOptions { RealPort = true, Settings = services => services.Configure<WebOptions>(web => web.MaxConnectionsOfOne = 5) });
        var lines = new List<RawLine>();
        for (var i = 0; i < 5; i++)
        {
            lines.Add(await RawLine.OpenAsync(town));
            await lines[i].SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Assert.Contains("200 OK", await lines[i].ReadUntilAsync("\r\n\r\n"), StringComparison.Ordinal);
        }

        Assert.Equal("", await RawLine.SayAsync(town, Hidden));
        lines[0].Dispose();
        await lines[1].SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Contains("200 OK", await lines[1].ReadToEndAsync(), StringComparison.Ordinal); // and is closed at the other end for certain
        Assert.Contains("200 OK", await RawLine.SayUntilAsync(town, "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "200 OK"), StringComparison.Ordinal);
        lines.ForEach(l => l.Dispose());
    }

    [Fact]
    public async Task One_account_opens_so_many_lines_of_news_however_many_it_asks_for_at_once()
    {
        using var staff = await Town.HttpAsync("paidan");
        var cookies = string.Join("; ", staff.Cookies.Select(c => $"{c.Key}={c.Value}"));
        var lines = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RawLine.OpenAsync(Town)));

        await Task.WhenAll(lines.Select(l => l.SendAsync($"GET /live HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nAccept: text/event-stream\r\n\r\n")));
        var answers = await Task.WhenAll(lines.Select(l => l.ReadUntilAsync("\r\n\r\n")));

        Assert.Equal(3, answers.Count(a => a.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal)));
        Assert.Equal(17, answers.Count(a => a.StartsWith("HTTP/1.1 429 ", StringComparison.Ordinal)));
        lines.ToList().ForEach(l => l.Dispose());
    }

    /// <summary>Without TLS browsers speak HTTP/1.1; what the second version brings (streams opened and reset by the thousand) has no way in.</summary>
    [Fact]
    public async Task The_second_version_of_HTTP_is_not_spoken_without_TLS()
    {
        var answer = await RawLine.SayAsync(Town, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");
        Assert.DoesNotContain("200", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\0\0\0\u0004\u0001", answer, StringComparison.Ordinal); // settings acknowledged
    }

    [Fact]
    public async Task Asking_to_speak_another_protocol_changes_nothing()
    {
        foreach (var other in new[] { "h2c", "websocket", "TLS/1.0" })
        {
            var answer = await RawLine.SayAsync(Town, $"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: {other}\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            Assert.DoesNotContain("HTTP/1.1 101", answer, StringComparison.Ordinal);
        }
    }
}
