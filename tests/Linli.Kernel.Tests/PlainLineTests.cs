namespace Linli.Kernel.Tests;

public sealed class PlainLineTests
{
    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u200Bb")]
    public void What_nobody_sees_is_found(string text) => Assert.Equal("name", PlainLine.ProblemWith("name", text)!.Field);

    /// <summary>Not as a case of the theory: a half character does not survive the runner's own writing.</summary>
    [Fact]
    public void Half_a_character_is_found() => Assert.True(PlainLine.HasUnseen($"a{(char)0xD83D}b"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("骑手一群 · Riders’ group no. 1")]
    [InlineData("一家人 \U0001F468\u200D\U0001F469\u200D\U0001F467 \U00020000")]
    public void What_can_be_seen_is_taken(string? text) => Assert.Null(PlainLine.ProblemWith("name", text));
}
