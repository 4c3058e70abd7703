using System.Globalization;
using Linli.Kernel;

namespace Linli.Shell.Ledgers.Formulas;

/// <summary>From pieces to something that can be reckoned. The first thing that is wrong is kept, and the rest is not looked at.</summary>
internal sealed class FormulaParser
{
    private const int Deepest = 40;
    private static readonly FormulaNode None = new(ValueKind.Nothing, _ => null);

    private readonly List<Token> _tokens;
    private readonly Func<string, FormulaName?> _name;
    private readonly List<int> _slots = [];
    private int _at;
    private int _depth;

    public FormulaParser(string text, Func<string, FormulaName?> name)
    {
        var lexer = new FormulaLexer(text);
        (_tokens, _name) = (lexer.Cut(), name);
        Problem = lexer.Problem;
    }

    public FormulaProblem? Problem { get; private set; }

    /// <summary>Of the columns, in the order in which they are named.</summary>
    public IReadOnlyList<int> Slots => _slots;

    private Token Now => Problem is null ? _tokens[_at] : _tokens[^1];

    public FormulaNode Parse()
    {
        var whole = Comparison();
        if (Now.Kind != TokenKind.End)
        {
            Fail(Now, new Saying("这里应该结束，或者缺少运算符。"));
        }

        return whole;
    }

    private FormulaNode Comparison()
    {
        if (++_depth > Deepest)
        {
            return Fail(Now, new Saying("括号套得太深，最多 {0} 层。", Deepest));
        }

        var left = Joining();
        while (Take("=", "<>", "<", "<=", ">", ">=") is { } sign)
        {
            var (a, b) = (left, Joining());
            if (a.Kind != b.Kind && a.Kind != ValueKind.Nothing && b.Kind != ValueKind.Nothing && !(IsDay(a) && IsDay(b)))
            {
                return Fail(sign, new Saying("“{0}”两边不是同一类：左边是{1}，右边是{2}。", sign.Text, WordOf(a.Kind), WordOf(b.Kind)));
            }

            left = new FormulaNode(ValueKind.YesNo, s => Compare(a.Value(s), b.Value(s)) is { } order ? Holds(sign.Text, order) : false);
        }

        _depth--;
        return left;
    }

    private FormulaNode Joining()
    {
        var left = Sum();
        while (Take("&") is not null)
        {
            var (a, b) = (left, Sum());
            left = new FormulaNode(ValueKind.Text, s => FormulaFunctions.Limited(FormulaFunctions.Words(a.Value(s)) + FormulaFunctions.Words(b.Value(s))));
        }

        return left;
    }

    private FormulaNode Sum()
    {
        var left = Product();
        while (Take("+", "-") is { } sign)
        {
            var (a, b) = (left, Product());
            if (IsDay(a) && b.Kind is ValueKind.Number or ValueKind.Nothing && a.Kind != ValueKind.Nothing)
            {
                var days = sign.Text == "+" ? 1 : -1;
                left = new FormulaNode(a.Kind, s => (a.Value(s), b.Value(s)) switch
                {
                    (DateOnly day, decimal n) => day.AddDays(days * (int)Math.Floor(n)),
                    (DateTime at, decimal n) => at.AddDays(days * (double)n),
                    _ => null,
                });
            }
            else if (sign.Text == "-" && IsDay(a) && IsDay(b) && a.Kind != ValueKind.Nothing)
            {
                left = new FormulaNode(ValueKind.Number, s => FormulaFunctions.DaysBetween(b.Value(s), a.Value(s)));
            }
            else
            {
                left = Arithmetic(sign, a, b);
            }
        }

        return left;
    }

    private FormulaNode Product()
    {
        var left = Signed();
        while (Take("*", "/", "%") is { } sign)
        {
            left = Arithmetic(sign, left, Signed());
        }

        return left;
    }

    private FormulaNode Arithmetic(Token sign, FormulaNode a, FormulaNode b)
    {
        foreach (var side in (FormulaNode[])[a, b])
        {
            if (side.Kind is not (ValueKind.Number or ValueKind.Nothing))
            {
                return Fail(sign, new Saying("“{0}”只能算数字，这里有{1}。", sign.Text, WordOf(side.Kind)));
            }
        }

        return new FormulaNode(ValueKind.Number, s => (a.Value(s), b.Value(s)) is (decimal x, decimal y) ? sign.Text switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            _ when y == 0 => null,
            "/" => x / y,
            _ => x % y,
        } : null);
    }

    private FormulaNode Signed()
    {
        if (Take("-") is not { } sign)
        {
            return Single();
        }

        var value = Single();
        return value.Kind is ValueKind.Number or ValueKind.Nothing
            ? new FormulaNode(ValueKind.Number, s => value.Value(s) is decimal number ? -number : null)
            : Fail(sign, new Saying("“{0}”只能算数字，这里有{1}。", "-", WordOf(value.Kind)));
    }

    private FormulaNode Single()
    {
        var token = Now;
        _at += token.Kind == TokenKind.End ? 0 : 1;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new FormulaNode(ValueKind.Number, _ => token.Number);
            case TokenKind.Text:
                return new FormulaNode(ValueKind.Text, _ => token.Text);
            case TokenKind.Column:
                return Column(token);
            case TokenKind.Name:
                return Function(token);
            case TokenKind.Sign when token.Text == "(":
                var inside = Comparison();
                return Take(")") is null ? Fail(Now, new Saying("缺少右括号。")) : inside;
            default:
                return Fail(token, token.Kind == TokenKind.End ? new Saying("算式没有写完。") : new Saying("这里不能写“{0}”。", token.Text));
        }
    }

    private FormulaNode Column(Token token)
    {
        if (_name(token.Text) is not { } known)
        {
            return Fail(token, new Saying("没有“{0}”这一列。", FormulaLexer.Short(token.Text)));
        }

        var place = _slots.Count;
        _slots.Add(known.Slot);
        return new FormulaNode(known.Kind, s => s.Values[s.Slots[place]]);
    }

    private FormulaNode Function(Token token)
    {
        if (FormulaFunctions.Constant(token.Text) is { } constant)
        {
            return constant;
        }

        if (FormulaFunctions.Find(token.Text) is not { } function)
        {
            return Fail(token, new Saying("没有函数“{0}”。列名要写在方括号里：[{0}]。", FormulaLexer.Short(token.Text)));
        }

        if (Take("(") is null)
        {
            return Fail(Now, new Saying("函数“{0}”后面要有括号。", token.Text));
        }

        List<FormulaNode> arguments = [];
        while (Problem is null && Take(")") is null)
        {
            if (arguments.Count > 0 && Take(",") is null)
            {
                return Fail(Now, new Saying("缺少逗号或右括号。"));
            }

            arguments.Add(Comparison());
        }

        return Problem is not null ? None : function.Build(arguments) is (var node, null) ? node! : Fail(token, function.Build(arguments).Problem!);
    }

    private Token? Take(params string[] signs)
    {
        if (Now.Kind != TokenKind.Sign || !signs.Contains(Now.Text))
        {
            return null;
        }

        return _tokens[_at++];
    }

    private FormulaNode Fail(Token at, Saying what)
    {
        Problem ??= new FormulaProblem(at.At, what);
        return None;
    }

    private static bool IsDay(FormulaNode node) => node.Kind is ValueKind.Date or ValueKind.Time or ValueKind.Nothing;

    private static bool Holds(string sign, int order) => sign switch { "=" => order == 0, "<>" => order != 0, "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };

    /// <summary>Null where one of them is empty: nothing holds of what is not there.</summary>
    private static int? Compare(object? a, object? b) => (a, b) switch
    {
        (null, _) or (_, null) => null,
        (decimal x, decimal y) => x.CompareTo(y),
        (bool x, bool y) => x.CompareTo(y),
        (DateOnly x, DateTime y) => x.CompareTo(DateOnly.FromDateTime(y)),
        (DateTime x, DateOnly y) => DateOnly.FromDateTime(x).CompareTo(y),
        (DateOnly x, DateOnly y) => x.CompareTo(y),
        (DateTime x, DateTime y) => x.CompareTo(y),
        _ => string.CompareOrdinal(Convert.ToString(a, CultureInfo.InvariantCulture), Convert.ToString(b, CultureInfo.InvariantCulture)),
    };

    internal static Word WordOf(ValueKind kind) => new(kind switch
    {
        ValueKind.Text => "文字",
        ValueKind.Number => "数字",
        ValueKind.Date => "日期",
        ValueKind.Time => "时间点",
        ValueKind.YesNo => "是否",
        _ => "空",
    });
}
