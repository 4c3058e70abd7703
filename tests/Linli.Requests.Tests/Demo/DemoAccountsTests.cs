using System.Text.Json;
using Linli.Kernel.People;
using static Linli.Requests.Tests.Demo.DemoFiles;

namespace Linli.Requests.Tests.Demo;

public sealed class DemoAccountsTests
{
    private static IEnumerable<JsonElement> Posts => Accounts.SelectMany(a => a.GetProperty("posts").EnumerateArray());

    [Fact]
    public void Every_role_has_somebody_to_sign_in_as() =>
        Assert.Equal(Enum.GetNames<Role>().Order(), Posts.Select(p => RoleOf(p).ToString()).Distinct().Order());

    [Fact]
    public void Every_post_names_an_organisation_and_an_area_that_exist()
    {
        None(Posts.Select(p => p.Text("organisation")).Where(o => o is not null && !OrganisationCodes.Contains(o)));
        None(Posts.Select(p => p.Text("area")!).Where(a => !AreaCodes.Contains(a)));
        Assert.All(Posts.Where(p => RoleOf(p) is Role.Handler or Role.GridWorker), p => Assert.NotNull(p.Text("organisation")));
    }

    [Fact]
    public void Logins_differ() => Assert.Equal(Accounts.Count, Accounts.Select(a => a.Text("login")).Distinct().Count());

    private static Role RoleOf(JsonElement post) => Enum.Parse<Role>(post.Text("role")!, ignoreCase: true);
}
