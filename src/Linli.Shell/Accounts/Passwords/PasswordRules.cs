using System.Text;
using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Shell.Site;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Accounts.Passwords;

/// <summary>
/// Rules for passwords. Length is what counts, any character may stand in it, and nobody is made to invent a punctuation mark; what everybody
/// chooses is refused, and so is what consists of the names of county, product and owner.
/// </summary>
public sealed partial class PasswordRules(CommonPasswords common, IOptions<SiteOptions> site)
{
    public const int MinLength = 12;
    public const int MaxLength = 200;
    private const int MinDifferent = 4;

    /// <summary>Shorter logins and names are parts of ordinary words.</summary>
    private const int MinName = 4;

    /// <param name="password">As typed.</param>
    /// <param name="login">Whose it will be, where that is known.</param>
    /// <param name="name">Their name.</param>
    /// <param name="field">Where it was typed.</param>
    public FieldProblem? ProblemWith(string? password, string? login, string? name = null, string field = "password")
    {
        var length = Spaces().Replace(password ?? "", " ").EnumerateRunes().Count();
        return length switch
        {
            < MinLength => new FieldProblem(field, "密码至少 {0} 个字符。", MinLength),
            _ when password!.Length > MaxLength => new FieldProblem(field, "密码最多 {0} 个字符。", MaxLength),
            _ when login?.Trim() is { Length: >= MinName } own && password.Contains(own, StringComparison.OrdinalIgnoreCase) => new FieldProblem(field, "密码里不能有登录名。"),
            _ when password.Distinct().Count() < MinDifferent => new FieldProblem(field, "密码太简单，请至少用 {0} 种不同的字符。", MinDifferent),
            _ when common.IsWeak(password, [.. Names(), login, name]) => new FieldProblem(field, "这样的密码很多人在用，容易被猜到。请换成别人想不到的一句话，或几个不相干的词。"),
            _ => null,
        };
    }

    /// <summary>What everybody in the county would think of.</summary>
    private IEnumerable<string?> Names()
    {
        var own = site.Value;
        return [own.Name, own.NameEn, own.County, own.County.TrimEnd('县', '市', '区'), .. own.CountyEn.Split(' ').Where(w => w is not ("County" or "City" or "District"))];
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Spaces();
}
