using System.Globalization;
using Linli.Kernel;

namespace Linli.Shell.Ledgers.Formulas;

internal enum TokenKind
{
    Number,
    Text,
    Column,
    Name,
    Sign,
    End,
}

/// <param name="At">Counted from 1.</param>
internal sealed record Token(TokenKind Kind, string Text, int At, decimal Number = 0);

/// <summary>Cuts a formula into its pieces. Signs of Chinese keyboards count as their narrow ones.</summary>
internal sealed class FormulaLexer(string text)
{
    private static readonly Dictionary<char, char> Narrow = new()
    {
        ['（'] = '(', ['）'] = ')', ['，'] = ',', ['、'] = ',', ['＋'] = '+', ['－'] = '-', ['×'] = '*', ['＊'] = '*', ['÷'] = '/', ['／'] = '/',
        ['＝'] = '=', ['＜'] = '<', ['＞'] = '>', ['＆'] = '&', ['【'] = '[', ['】'] = ']', ['［'] = '[', ['］'] = ']', ['％'] = '%',
        ['“'] = '"', ['”'] = '"', ['＂'] = '"', ['≤'] = '≤', ['≥'] = '≥', ['≠'] = '≠',
    };

    public FormulaProblem? Problem { get; private set; }

    public List<Token> Cut()
    {
        List<Token> tokens = [];
        for (var at = 0; at < text.Length && Problem is null;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var (token, next) = One(at);
            tokens.Add(token);
            at = next;
        }

        tokens.Add(new Token(TokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private (Token Token, int Next) One(int at)
    {
        var c = At(at);
        return c switch
        {
            >= '0' and <= '9' => Number(at),
            '"' => Between(at, '"', TokenKind.Text),
            '[' => Between(at, ']', TokenKind.Column),
            _ when char.IsLetter(c) || c == '_' => Name(at),
            _ => Sign(at, c),
        };
    }

    private char At(int at) => at < text.Length ? Narrow.GetValueOrDefault(text[at], text[at]) : '\0';

    private (Token, int) Number(int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
        {
            end++;
        }

        var written = text[at..end];
        if (!decimal.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            Fail(at, new Saying("“{0}”不是数字。", Short(written)));
        }

        return (new Token(TokenKind.Number, written, at + 1, number), end);
    }

    private (Token, int) Between(int at, char close, TokenKind kind)
    {
        var end = at + 1;
        while (end < text.Length && At(end) != close)
        {
            end++;
        }

        if (end >= text.Length)
        {
            Fail(at, kind == TokenKind.Text ? new Saying("引号没有配对。") : new Saying("方括号没有配对。"));
            return (new Token(kind, "", at + 1), text.Length);
        }

        return (new Token(kind, text[(at + 1)..end].Trim(), at + 1), end + 1);
    }

    private (Token, int) Name(int at)
    {
        var end = at;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return (new Token(TokenKind.Name, text[at..end], at + 1), end);
    }

    private (Token, int) Sign(int at, char c)
    {
        var two = (c, At(at + 1)) switch { ('<', '=') => "<=", ('>', '=') => ">=", ('<', '>') => "<>", ('!', '=') => "<>", ('=', '=') => "=", _ => null };
        if (two is not null)
        {
            return (new Token(TokenKind.Sign, two, at + 1), at + 2);
        }

        var one = c switch { '≤' => "<=", '≥' => ">=", '≠' => "<>", '+' or '-' or '*' or '/' or '%' or '&' or '=' or '<' or '>' or '(' or ')' or ',' => c.ToString(), _ => null };
        if (one is null)
        {
            Fail(at, new Saying("这里不能写“{0}”。", text[at].ToString()));
        }

        return (new Token(TokenKind.Sign, one ?? "", at + 1), at + 1);
    }

    private void Fail(int at, Saying what) => Problem ??= new FormulaProblem(at + 1, what);

    internal static string Short(string text) => text.Length > 20 ? text[..20] + "…" : text;
}
