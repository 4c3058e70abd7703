namespace Linli.Server.Tests.Guards;

/// <summary>The guard over words on screen can itself be wrong; these are the cases that it must tell apart.</summary>
public sealed class ChineseTextTests
{
    [Theory]
    [InlineData("""<p>@T["你好 {0}", name]</p>""", "你好 {0}")]
    [InlineData("""<nav aria-label="@T["进度"]">""", "进度")]
    [InlineData("""<p>你好</p>""", "outside T[…]: 你好")]
    [InlineData("""<Field Label="姓名" />""", "outside T[…]: Label=\"姓名\" /")]
    [InlineData("<p></p>\n@code {\n    string Name => \"姓名\";\n}", "姓名")]
    [InlineData("<p></p>\n@code {\n    string Name => $\"第{1}页\";\n}", "cannot be translated: $\"第{1}页\"")]
    [InlineData("<p></p>\n@code {\n    RenderFragment A =>\n        @<p>@if (true)\n        {\n            <b>@T[\"姓名\"]</b>\n        }</p>;\n}", "姓名")]
    public void Chinese_in_a_page_is_found(string page, string found) => Assert.Equal([found], ChineseText.InPage("a.razor", page).Select(t => t.Text));

    [Theory]
    [InlineData("""@* 你好 *@""")]
    [InlineData("""<!-- 你好 -->""")]
    [InlineData("<p></p>\n@code {\n    // 你好\n    /// <summary>你好</summary>\n    string Name => \"name\";\n}")]
    public void Chinese_in_comments_is_not_on_screen(string page) => Assert.Empty(ChineseText.InPage("a.razor", page));
}
