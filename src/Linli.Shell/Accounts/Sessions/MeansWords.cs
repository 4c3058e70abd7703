namespace Linli.Shell.Accounts.Sessions;

/// <summary>How somebody signed in, as a key of a text.</summary>
internal static class MeansWords
{
    public static string Of(Means means) => means switch
    {
        Means.Password => "密码",
        Means.PasswordAndCode => "密码和动态码",
        Means.Passkey => "通行密钥",
        Means.OneTimeCode => "一次性代码",
        _ => "短信或邮件验证码",
    };
}
