using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Requests.Catalogue;
using Linli.Requests.Privacy;

namespace Linli.Requests.Report;

/// <summary>Whether the way to reach the reporter makes sense, and is there when the type needs it.</summary>
internal static partial class ContactCheck
{
    private const int MostAddress = 200;

    /// <summary>Says what is wrong without repeating it: an answer is kept in more places than a form.</summary>
    public static void Add(OpenContact given, ServiceType? type, List<FieldProblem> problems)
    {
        TooLong("name", given.Name, 50, problems);
        TooLong("home", given.Home, MostAddress, problems);
        TooLong("otherContact", given.Other, MostAddress, problems);
        var hasPhone = !string.IsNullOrWhiteSpace(given.Phone);
        var hasEmail = !string.IsNullOrWhiteSpace(given.Email);
        if (hasPhone && !Phone().IsMatch(given.Phone!.Trim()))
        {
            problems.Add(new("phone", "这不像电话号码。手机号是 11 位数字，座机请带区号，例如 0355-0000000。"));
        }

        if (hasEmail && (given.Email!.Length > 200 || !Email().IsMatch(given.Email.Trim())))
        {
            problems.Add(new("email", "这不像电子邮箱。请检查，例如 name@example.com。"));
        }

        if (type is not null && !hasPhone && !hasEmail && (type.IsContactRequired || !type.AllowsAnonymous))
        {
            problems.Add(new("phone", "办理“{0}”需要和您联系，请留下电话或邮箱。只有经办人能看到。", type.NameZh));
        }
    }

    private static void TooLong(string field, string? text, int most, List<FieldProblem> problems)
    {
        if (text?.Length > most)
        {
            problems.Add(new(field, "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", most, text.Length));
        }
    }

    [GeneratedRegex(@"^\+?[0-9][0-9 ()\-]{5,19}$", RegexOptions.None, 500)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[^@\s<>""]{1,64}@[^@\s<>""]+\.[^@\s<>""]{2,}$", RegexOptions.None, 500)]
    private static partial Regex Email();
}
