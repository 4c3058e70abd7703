using Linli.Testing;
using static Linli.Attacks.Wire.Calls;

namespace Linli.Attacks.Wire;

/// <summary>Messages that can be read in two ways, before anything of ours has looked at them, against the real server.</summary>
public sealed class SmuggleTests(WireTown wire) : IClassFixture<WireTown>
{
    private Town Town => wire.Town;

    [Theory]
    [InlineData("zz\r\n")]
    [InlineData("-5\r\nabcde\r\n0\r\n\r\n")]
    [InlineData("0x5\r\nabcde\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\nabcde")]
    [InlineData("7FFFFFFFFFFFFFFF\r\nabcde")]
    [InlineData("5\r\nabcdefgh\r\n0\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    public async Task A_piece_of_no_possible_length_ends_the_connection(string body) =>
        (await RawLine.SayAsync(Town, Post + "Transfer-Encoding: chunked\r\n\r\n" + body + Hidden)).IsRefused("400", "408", "413");

    /// <summary>Two servers in a row that end a message at different places see different messages: the second one is hidden from the first.</summary>
    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Length: 60\r\n\r\n")]
    [InlineData("Content-Length: 0, 60\r\n\r\n")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Content-Length : 0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("X-Folded: a\r\n b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("X-Bare: a\nContent-Length: 0\r\n\r\n")]
    [InlineData("X-Null: a\0b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("Host: evil.example\r\nContent-Length: 0\r\n\r\n")]
    public async Task No_second_message_is_smuggled_behind_a_first_that_can_be_read_in_two_ways(string headers) =>
        (await RawLine.SayAsync(Town, Post + headers + Hidden)).IsRefused("400", "403", "501");
}
