using Linli.Kernel.People;
using Linli.Shell.People;

namespace Linli.Shell.Accounts;

/// <summary>The logins of the demo county, shown on its sign-in page so that one click is enough; empty everywhere else.</summary>
public sealed record DemoLogins(IReadOnlyList<FoundedAccount> List)
{
    public static DemoLogins None { get; } = new([]);

    /// <summary>The first of each role, in the order of the file.</summary>
    public IReadOnlyList<FoundedAccount> OnePerRole => [.. List.Where(a => a.Password is not null && a.Posts.Count > 0).DistinctBy(a => a.Posts[0].Role)];

    /// <summary>Everybody else, by role.</summary>
    public IEnumerable<IGrouping<Role, FoundedAccount>> Others =>
        List.Where(a => a.Password is not null && a.Posts.Count > 0).Except(OnePerRole).GroupBy(a => a.Posts[0].Role);
}
