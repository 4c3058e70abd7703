namespace Linli.Shell.Accounts;

/// <summary>The logins of the demo county, shown on its sign-in page; empty everywhere else.</summary>
public sealed record DemoLogins(IReadOnlyList<DemoLogin> List)
{
    public static DemoLogins None { get; } = new([]);
}

/// <param name="Title">What the person does, in Chinese and English.</param>
public sealed record DemoLogin(string Login, string Password, string Name, string? NameEn, string Title, string? TitleEn);
