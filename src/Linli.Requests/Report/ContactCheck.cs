using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Requests.Catalogue;

namespace Linli.Requests.Report;

/// <summary>Whether the way to reach the reporter makes sense, and is there when the type needs it.</summary>
internal static partial class ContactCheck
{
    public static void Add(string? name, string? phone, string? email, ServiceType? type, List<FieldProblem> problems)
    {
        if (name?.Length > 50)
        {
            problems.Add(new("name", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", 50, name.Length));
        }

        var hasPhone = !string.IsNullOrWhiteSpace(phone);
        var hasEmail = !string.IsNullOrWhiteSpace(email);
        if (hasPhone && !Phone().IsMatch(phone!.Trim()))
        {
            problems.Add(new("phone", "“{0}”不像电话号码。手机号是 11 位数字，座机请带区号，例如 0355-0000000。", Short(phone)));
        }

        if (hasEmail && (email!.Length > 200 || !Email().IsMatch(email.Trim())))
        {
            problems.Add(new("email", "“{0}”不像电子邮箱。请检查，例如 name@example.com。", Short(email)));
        }

        if (type is not null && !hasPhone && !hasEmail && (type.IsContactRequired || !type.AllowsAnonymous))
        {
            problems.Add(new("phone", "办理“{0}”需要和您联系，请留下电话或邮箱。只有经办人能看到。", type.NameZh));
        }
    }

    private static string Short(string text) => text.Length > 30 ? text[..30] + "…" : text;

    [GeneratedRegex(@"^\+?[0-9][0-9 ()\-]{5,19}$", RegexOptions.None, 500)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[^@\s<>""]{1,64}@[^@\s<>""]+\.[^@\s<>""]{2,}$", RegexOptions.None, 500)]
    private static partial Regex Email();
}
