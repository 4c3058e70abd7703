using System.Net;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Attacks.Sessions;

/// <summary>
/// What does not exist costs the same work as what exists and is wrong: the same statements in the same order, the same hashes, the same answer. A
/// clock on the wall would only measure the machine.
/// </summary>
public sealed class EqualWorkTests
{
    private const string NewPassword = "一句只有自己记得的话 7";

    [Fact]
    public async Task A_login_that_is_not_there_disabled_or_wrong()
    {
        var (town, work) = await TownAsync();
        await using var _ = town;
        using (var admin = await town.HttpAsync("guanli"))
        {
            var gone = (await (await town.HttpAsync("wangge1")).GetAsync("/api/session")).Json().GetProperty("id").GetGuid();
            Assert.Equal(HttpStatusCode.OK, (await admin.SendJsonAsync(HttpMethod.Put, $"/api/people/{gone}/active", new { isActive = false })).Status);
        }

        await AreAlikeAsync(town, work, ["paidan", "nobody.here", "wangge1", "O'Brien"], (who, login) => who.SendJsonAsync(HttpMethod.Post, "/api/session", new { login, password = "not the password" }));
        await AreAlikeAsync(town, work, ["paidan", "nobody.here", "wangge1"], (who, login) => who.PostFormAsync("/sign-in", ("login", login), ("password", "not the password")));
    }

    [Fact]
    public async Task A_one_time_code_of_nobody_of_somebody_without_one_and_a_wrong_one()
    {
        var (town, work) = await TownAsync();
        await using var _ = town;
        using (var admin = await town.HttpAsync("guanli"))
        {
            var asked = (await (await town.HttpAsync("wangge1")).GetAsync("/api/session")).Json().GetProperty("id").GetGuid();
            Assert.Equal(HttpStatusCode.OK, (await admin.SendJsonAsync(HttpMethod.Put, $"/api/people/{asked}/code")).Status);
        }

        await AreAlikeAsync(town, work, ["wangge1", "paidan", "nobody.here"], (who, login) => who.SendJsonAsync(HttpMethod.Post, "/api/session/code", new { login, code = "AAAAA-BBBBB", password = NewPassword }));
    }

    [Fact]
    public async Task A_secret_code_for_a_number_that_is_there_and_for_one_that_is_not()
    {
        var (town, work) = await TownAsync();
        await using var _ = town;
        using var reporter = await town.HttpAsync();
        var number = (await reporter.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = "resettlement", text = "想学电焊", name = "李四", phone = "13800000000", place = new { area = "140427100001" } })).Json().GetProperty("number").GetString()!;
        const string code = "AAAABBBBCD";

        await AreAlikeAsync(town, work, [number, "999999-999999", "888888-000000"], (who, asked) => who.PostFormAsync("/track", ("number", asked), ("code", code)));
        foreach (var what in new[] { "", "/clocks" })
        {
            await AreAlikeAsync(town, work, [number, "999999-999999", "888888-000000"], (who, asked) => who.SendRawAsync(HttpMethod.Get, $"/api/requests/{asked}{what}", null, [("X-Linli-Code", code), ("Accept", "application/json")]));
        }
    }

    [Fact]
    public async Task A_code_to_a_telephone_with_and_without_an_account()
    {
        var work = new Statements();
        await using var town = await SmsTown.FoundAsync(work.AddTo);
        using var resident = await town.HttpAsync();
        await resident.SendJsonAsync(HttpMethod.Post, "/api/resident/code", new { to = "13800138000" });
        await resident.SendJsonAsync(HttpMethod.Post, "/api/resident/session", new { code = await town.NextCodeAsync() });
        await resident.SendJsonAsync(HttpMethod.Post, "/api/resident/contact", new { to = "13900139000" });
        await resident.SendJsonAsync(HttpMethod.Put, "/api/resident/contact", new { code = await town.NextCodeAsync() });

        // The third number belonged to somebody until a moment ago; each was sent to no more often than the others.
        await AreAlikeAsync(town, work, ["13700137000", "13600136000"], (who, to) => who.SendJsonAsync(HttpMethod.Post, "/api/resident/code", new { to }));
        await AreAlikeAsync(town, work, ["13900139000", "13800138000"], (who, to) => who.SendJsonAsync(HttpMethod.Post, "/api/resident/code", new { to }));
    }

    [Fact]
    public async Task An_invitation_that_never_was_was_used_or_is_over()
    {
        var (town, work) = await TownAsync();
        await using var _ = town;
        using var admin = await town.HttpAsync("guanli");
        var (used, over) = (await InviteAsync(admin), await InviteAsync(admin));
        using var invited = await town.HttpAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await invited.SendJsonAsync(HttpMethod.Post, "/api/session/invitation", new { code = used, login = "li.na", password = NewPassword })).Status);
        town.Clock.Advance(TimeSpan.FromDays(8));

        await AreAlikeAsync(town, work, [used, over, "AAAAA-BBBBB-CCCCC-DDDDD", "", "'"], (who, code) => who.SendJsonAsync(HttpMethod.Post, "/api/session/invitation", new { code, login = "wang.li", password = NewPassword }));
    }

    private static async Task<string> InviteAsync(Visitor admin) =>
        (await admin.SendJsonAsync(HttpMethod.Post, "/api/people/invitations", new { name = "李小娜", posts = new[] { new { role = "dispatcher", areaCode = "140427100" } } })).Json().GetProperty("code").GetString()!;

    private static async Task<(Town Town, Statements Work)> TownAsync()
    {
        var work = new Statements();
        return (await Town.FoundAsync(new TownOptions { Settings = work.AddTo }), work);
    }

    /// <summary>Each from a browser of its own.</summary>
    private static async Task AreAlikeAsync(Town town, Statements work, string[] asked, Func<Visitor, string, Task<Answer>> ask)
    {
        using (var first = await town.HttpAsync())
        {
            await ask(first, "warm.up.0"); // what is read once for all
        }

        var done = new List<string>();
        foreach (var one in asked)
        {
            using var visitor = await town.HttpAsync();
            work.Take();
            var answer = await ask(visitor, one);
            var text = one.Length == 0 ? answer.Text : answer.Text.Replace(WebUtility.HtmlEncode(one), "N", StringComparison.Ordinal).Replace(one, "N", StringComparison.Ordinal);
            done.Add($"{answer.Status}\n{text}\n{work.Take()}");
        }

        Assert.All(done.Skip(1), d => Assert.Equal(done[0], d));
        Assert.True(done[0].Contains("select", StringComparison.OrdinalIgnoreCase), "Nothing was looked up.");
    }
}
