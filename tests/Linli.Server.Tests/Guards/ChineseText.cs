using System.Text.RegularExpressions;
using Linli.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Linli.Server.Tests.Guards;

/// <summary>Chinese in the sources that a reader may come to see: literals of C#, and everything in the markup of a page.</summary>
internal sealed partial record ChineseText(string File, int Line, string Text)
{
    public override string ToString() => $"{File}:{Line}: {Text}";

    public static IEnumerable<ChineseText> FindAll() =>
        Repository.Files("src", "*.cs").SelectMany(InCode).Concat(Repository.Files("src", "*.razor").SelectMany(InPage));

    public static IEnumerable<ChineseText> InCode(string file) => InCode(file, Read(file), 1);

    /// <summary>
    /// In a page: keys in T["…"], literals in its @code, and any Chinese left in the markup, which is wrong by itself
    /// (it is given back with what stands around it, so that no English can match it by accident).
    /// </summary>
    public static IEnumerable<ChineseText> InPage(string file) => InPage(file, Read(file));

    public static IEnumerable<ChineseText> InPage(string file, string source)
    {
        source = Blank(PageComment(), source);
        var code = CodeBlock().Match(source);
        var (markup, lineOfCode) = code.Success ? (source[..code.Index], LineAt(source, code.Index)) : (source, 0);
        foreach (Match key in Key().Matches(markup))
        {
            if (Han().IsMatch(key.Groups[1].Value))
            {
                yield return new ChineseText(file, LineAt(markup, key.Index), Regex.Unescape(key.Groups[1].Value));
            }
        }

        foreach (Match left in HanRun().Matches(Blank(CodeComment(), Blank(Key(), markup))))
        {
            yield return new ChineseText(file, LineAt(markup, left.Index), $"outside T[…]: {left.Value.Trim()}");
        }

        if (code.Success)
        {
            // Markup inside code (@<p>…</p>) is no C#, and hides what stands in it from the compiler.
            var rest = source[(code.Index + "@code".Length)..];
            var keys = Key().Matches(Blank(CodeComment(), rest)).Where(k => Han().IsMatch(k.Groups[1].Value))
                .Select(k => new ChineseText(file, LineAt(rest, k.Index) + lineOfCode - 1, Regex.Unescape(k.Groups[1].Value)));
            foreach (var text in InCode(file, $"class Page {rest}", lineOfCode).Concat(keys).DistinctBy(t => (t.Line, t.Text)))
            {
                yield return text;
            }
        }
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    public static partial Regex Han();

    private static IEnumerable<ChineseText> InCode(string file, string source, int firstLine)
    {
        var tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview));
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            var text = node switch
            {
                LiteralExpressionSyntax literal when literal.Token.Value is string value => value,
                InterpolatedStringExpressionSyntax together => $"cannot be translated: {together}",
                _ => null,
            };
            if (text is not null && Han().IsMatch(text) && node.Parent is not InterpolatedStringExpressionSyntax)
            {
                yield return new ChineseText(file, tree.GetLineSpan(node.Span).StartLinePosition.Line + firstLine, text);
            }
        }
    }

    private static string Read(string file) => System.IO.File.ReadAllText(Repository.At(file));

    private static int LineAt(string source, int index) => source.AsSpan(0, index).Count('\n') + 1;

    /// <summary>Keeps the lines where they are.</summary>
    private static string Blank(Regex what, string source) =>
        what.Replace(source, match => new string([.. match.Value.Select(c => c == '\n' ? '\n' : ' ')]));

    [GeneratedRegex(@"\bT\[""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Key();

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex PageComment();

    [GeneratedRegex(@"(?<=^|\s)//[^\n]*")]
    private static partial Regex CodeComment();

    [GeneratedRegex(@"^@code\b", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"[^\s<>]*\p{IsCJKUnifiedIdeographs}[^<>\n]*")]
    private static partial Regex HanRun();
}
