using Linli.Kernel;

namespace Linli.Shell.Accounts;

/// <summary>Rules for passwords and one-time codes. Length is what counts; nobody is made to invent a punctuation mark.</summary>
public static class Passwords
{
    public const int MinLength = 10;
    public const int MaxLength = 200;

    /// <summary>Letters and digits that nobody mistakes for each other when they are read out on the telephone.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    public static FieldProblem? ProblemWith(string? password, string login, string field = "password") => password switch
    {
        null or { Length: < MinLength } => new FieldProblem(field, "密码至少 {0} 个字符。", MinLength),
        { Length: > MaxLength } => new FieldProblem(field, "密码最多 {0} 个字符。", MaxLength),
        _ when password.Contains(login, StringComparison.OrdinalIgnoreCase) => new FieldProblem(field, "密码里不能有登录名。"),
        _ when password.Distinct().Count() < 4 => new FieldProblem(field, "密码太简单，请至少用 4 种不同的字符。"),
        _ => null,
    };

    /// <summary>About 50 bits: far more than ten tries per quarter of an hour can guess in a day.</summary>
    public static string NewCode() => System.Security.Cryptography.RandomNumberGenerator.GetString(Alphabet, 10);

    /// <summary>As typed: small letters, spaces and hyphens do not matter.</summary>
    public static string Tidy(string code) => code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
