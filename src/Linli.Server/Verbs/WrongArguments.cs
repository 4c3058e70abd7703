using System.CommandLine;
using System.CommandLine.Parsing;

namespace Linli.Server.Verbs;

/// <summary>Arguments that cannot be what they should be, said in words: the parser's own sentence names types of the program.</summary>
internal static class WrongArguments
{
    /// <returns>False when it was not about the kind of a value; the parser then speaks for itself.</returns>
    public static bool Complain(ParseResult asked)
    {
        var wrong = asked.Errors.Select(e => Of(e.SymbolResult)).ToList();
        if (wrong.Count == 0 || wrong.Contains(null))
        {
            return false;
        }

        foreach (var (name, said, type) in wrong.OfType<(string Name, string Said, Type Type)>().Distinct())
        {
            Terminal.Complain("{0}：“{1}”{2}。", name, said, WordsOf(type));
        }

        return true;
    }

    private static (string Name, string Said, Type Type)? Of(SymbolResult? symbol)
    {
        var (name, type, tokens) = symbol switch
        {
            ArgumentResult { Parent: OptionResult parent } => (parent.Option.Name, parent.Option.ValueType, parent.Tokens),
            ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType, argument.Tokens),
            OptionResult option => (option.Option.Name, option.Option.ValueType, option.Tokens),
            _ => ("", typeof(string), []),
        };
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return tokens is [{ Value: var said }] && (plain == typeof(Guid) || plain == typeof(int) || plain == typeof(DateOnly) || plain.IsEnum) ? (name, said, plain) : null;
    }

    private static string WordsOf(Type type) =>
        type == typeof(Guid) ? Terminal.T["不是编号，编号是像 {0} 这样的 36 个字符", "0199b2c4-6d1e-7f3a-9b5c-1d2e3f4a5b6c"]
        : type == typeof(int) ? Terminal.T["不是整数"]
        : type == typeof(DateOnly) ? Terminal.T["不是日期，例如 {0}", "2026-11-22"]
        : Terminal.T["不是其中之一：{0}", string.Join(", ", Enum.GetNames(type).Select(n => n.ToLowerInvariant()))];
}
