using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Text;

namespace Linli.Requests.Inbound.Mail;

/// <summary>What somebody wrote in a letter: its text without what it quotes, without the signature, and never as HTML.</summary>
internal static partial class MailWords
{
    private static readonly HashSet<HtmlTagId> NewLines = [HtmlTagId.Br, HtmlTagId.P, HtmlTagId.Div, HtmlTagId.LI, HtmlTagId.TR, HtmlTagId.H1, HtmlTagId.H2, HtmlTagId.H3, HtmlTagId.BlockQuote];
    private static readonly HashSet<HtmlTagId> Unread = [HtmlTagId.Script, HtmlTagId.Style, HtmlTagId.Title];

    public static string? Of(MimeMessage letter)
    {
        var text = letter.TextBody is { } plain && !string.IsNullOrWhiteSpace(plain) ? plain : letter.HtmlBody is { } html ? OfHtml(html) : null;
        return text is null ? null : Own(text);
    }

    /// <summary>Words between the tags; what is not shown is not read, and what was quoted is marked as in plain text.</summary>
    internal static string OfHtml(string html)
    {
        var (text, hidden, quoted) = (new StringBuilder(), 0, 0);
        using var reader = new StringReader(html);
        var tokens = new HtmlTokenizer(reader) { DecodeCharacterReferences = true };
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                var step = tag.IsEndTag ? -1 : tag.IsEmptyElement ? 0 : 1;
                hidden = Math.Max(0, hidden + (Unread.Contains(tag.Id) ? step : 0));
                quoted = Math.Max(0, quoted + (tag.Id == HtmlTagId.BlockQuote ? step : 0));
                text.Append(NewLines.Contains(tag.Id) ? quoted > 0 ? "\n> " : "\n" : "");
            }
            else if (token is HtmlDataToken data and not HtmlCDataToken && token.Kind == HtmlTokenKind.Data && hidden == 0)
            {
                text.Append(Spaces().Replace(data.Data, " "));
            }
        }

        return text.ToString();
    }

    private static string Own(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd().Replace('\u00A0', ' ')).ToList();
        var end = lines.FindIndex(l => l is "--" or "-- " || Cut().IsMatch(l.Trim()));
        var own = (end < 0 ? lines : lines.Take(end)).Where(l => !l.TrimStart().StartsWith('>') && !Device().IsMatch(l.Trim()));
        return Gaps().Replace(string.Join('\n', own), "\n\n").Trim();
    }

    /// <summary>Lines with which programs of mail begin what they quote, in English and Chinese (yuanshi youjian, zhuanfa youjian, zai … xiedao, fajianren).</summary>
    [GeneratedRegex(@"^(-{2,} ?(original message|\u539F\u59CB\u90AE\u4EF6|forwarded message|\u8F6C\u53D1\u7684?\u90AE\u4EF6).*|_{10,}|on .{5,120} wrote:|(\u5728|\u4E8E) ?.{4,120}(\u5199\u9053|\u5199\u5230)[:\uFF1A]|.{0,60}\d{4}[-/\u5E74].{4,80}(\u5199\u9053|\u5199\u5230)[:\uFF1A]|\u53D1\u4EF6\u4EBA[:\uFF1A].*|from: .+@.+)$", RegexOptions.IgnoreCase, 500)]
    private static partial Regex Cut();

    /// <summary>“Sent from my telephone” (fazi wode, congwode, huoqu Outlook).</summary>
    [GeneratedRegex(@"^(\u53D1\u81EA\u6211\u7684|\u4ECE\u6211\u7684|sent from my|\u83B7\u53D6 ?outlook|get outlook for).{0,40}$", RegexOptions.IgnoreCase, 500)]
    private static partial Regex Device();

    [GeneratedRegex(@"\s+", RegexOptions.None, 500)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\n{3,}", RegexOptions.None, 500)]
    private static partial Regex Gaps();
}
