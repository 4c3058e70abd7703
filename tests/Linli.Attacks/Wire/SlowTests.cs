using Linli.Testing;
using static Linli.Attacks.Wire.Calls;

namespace Linli.Attacks.Wire;

/// <summary>Whoever drips bytes to hold a connection, or never stops, against the real server.</summary>
public sealed class SlowTests(WireTown wire) : IClassFixture<WireTown>
{
    private Town Town => wire.Town;

    [Fact]
    public async Task Whoever_drips_is_sent_away()
    {
        var answers = await Task.WhenAll(
            RawLine.SayAsync(Town, ""),
            RawLine.SayAsync(Town, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "),
            RawLine.SayAsync(Town, Post + "Content-Length: 100000\r\n\r\ntext=a"),
            RawLine.SayAsync(Town, Post + "Transfer-Encoding: chunked\r\n\r\n5\r\ntext="));

        Assert.Equal("", answers[0]);
        answers.Skip(1).ToList().ForEach(a => a.IsRefused("408"));
    }

    [Fact]
    public async Task A_body_without_end_is_read_no_further_than_a_text_may_be_long()
    {
        using var line = await RawLine.OpenAsync(Town);
        await line.SendAsync(Post.Replace("/report", "/sign-in", StringComparison.Ordinal) + "Transfer-Encoding: chunked\r\n\r\n");

        var sent = await line.SendForeverAsync("2000\r\n" + new string('a', 0x2000) + "\r\n", most: 512L * 1024 * 1024);

        Assert.InRange(sent, 1, 16L * 1024 * 1024); // what the sockets of both ends hold besides
        (await line.ReadToEndAsync()).IsRefused("413", "400", ""); // by the length of the body or of its field, whichever is noticed first
    }
}
