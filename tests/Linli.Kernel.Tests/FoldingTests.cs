using System.Text.RegularExpressions;

namespace Linli.Kernel.Tests;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("ＡＢＣ１２３", "ABC123")]
    [InlineData("🚲 ﬁ", "🚲 fi")]
    [InlineData("a\uFFFEb", "a\uFFFDb")]
    [InlineData("a\uFDD0b\uFFFF", "a\uFFFDb\uFFFD")]
    [InlineData(@"a\uD83Fb", "a\uFFFDb")]
    [InlineData(@"\uD83F\uDFFE末", "\uFFFD末")]
    public void Every_text_can_be_folded(string text, string folded) => Assert.Equal(folded, Regex.Unescape(text).Compatible());   // metadata cannot hold half a pair
}
