using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Mail;
using Linli.Shell.Sms;

namespace Linli.Shell.People;

/// <summary>What is said about a person.</summary>
/// <param name="Login">Letters, digits and . _ - ; kept for life.</param>
/// <param name="Language">zh, en or empty.</param>
/// <param name="Phone">Mobile number, for messages about the account itself.</param>
public sealed record PersonInput(string? Login, string? Name, string? NameEn, string? Email, string? Language, string? Phone = null)
{
    internal PersonInput Tidy() => new(Trim(Login), Trim(Name), Trim(NameEn), Trim(Email), Trim(Language), Mobile.Of(Phone) ?? Trim(Phone));

    internal IEnumerable<FieldProblem> Problems()
    {
        if (Name is null)
        {
            yield return new FieldProblem("name", "请填写姓名。");
        }
        else if (Name.Length > Account.MaxNameLength)
        {
            yield return new FieldProblem("name", "姓名最多 {0} 个字。", Account.MaxNameLength);
        }

        if (NameEn?.Length > Account.MaxNameLength)
        {
            yield return new FieldProblem("nameEn", "英文姓名最多 {0} 个字符。", Account.MaxNameLength);
        }

        foreach (var problem in ContactProblems().Concat(LanguageProblems()).Concat(new[] { PlainLine.ProblemWith("name", Name), PlainLine.ProblemWith("nameEn", NameEn) }.OfType<FieldProblem>()))
        {
            yield return problem;
        }
    }

    internal IEnumerable<FieldProblem> ContactProblems()
    {
        if (Email is not null && !Address.IsOne(Email))
        {
            yield return new FieldProblem("email", "“{0}”不像是邮箱地址，例如 name@example.com。", Email);
        }

        if (Phone is not null && Mobile.Of(Phone) is null)
        {
            yield return new FieldProblem("phone", "手机号码是 11 位数字，例如 13800000000。");
        }
    }

    private IEnumerable<FieldProblem> LanguageProblems()
    {
        if (Language is not (null or "zh" or "en"))
        {
            yield return new FieldProblem("language", "语言只能是 zh 或 en。");
        }
    }

    internal static FieldProblem? ProblemWithLogin(string? login) => login switch
    {
        null => new FieldProblem("login", "请填写登录名。"),
        _ when !LoginForm.IsMatch(login) => new FieldProblem("login", "登录名用 2 到 40 个字母、数字或 . _ -，例如 li.na。"),
        _ => null,
    };

    private static readonly Regex LoginForm = new(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}._-]{1,39}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
