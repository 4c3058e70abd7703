using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Accounts.Tries;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Tests.Accounts;

/// <summary>Wrong guesses are slowed down, and nobody can use up the tries of somebody else's device.</summary>
public sealed class TryTests
{
    private const string Wrong = "wrong password 1";

    [Fact]
    public async Task Whoever_guesses_from_elsewhere_does_not_keep_the_owner_out_of_a_device_that_signed_in_before()
    {
        await using var town = await Staff.TownAsync();
        using var owner = await town.SignedInAsync("dispatcher");
        await owner.DeleteAsync("/api/session");

        for (var i = 0; i < 60; i++)
        {
            Assert.False((await town.SignInFromAsync(Elsewhere.AddressOf(i), "dispatcher", Wrong)).Succeeded);
        }

        Assert.Equal(HttpStatusCode.OK, (await owner.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Staff.Password })).StatusCode);
    }

    [Fact]
    public async Task On_a_new_device_the_owner_waits_a_quarter_of_an_hour_at_most_however_long_others_have_guessed()
    {
        await using var town = await Staff.TownAsync();
        for (var i = 0; i < 40; i++)
        {
            await town.SignInFromAsync(Elsewhere.AddressOf(i), "dispatcher", Wrong);
            town.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        await town.SignInFromAsync(Elsewhere.AddressOf(41), "dispatcher", Wrong);
        Assert.Equal("too_many_tries", (await town.SignInFromAsync("192.0.2.9", "dispatcher", Staff.Password)).Failure!.Code);
        town.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True((await town.SignInFromAsync("192.0.2.9", "dispatcher", Staff.Password)).Succeeded);
    }

    [Fact]
    public async Task Guessers_with_any_number_of_addresses_get_fewer_than_twenty_guesses_in_an_hour()
    {
        await using var town = await Staff.TownAsync();
        var guesses = 0;
        var address = 0;
        for (var i = 0; i <= 120; i++)
        {
            while ((await town.SignInFromAsync(Elsewhere.AddressOf(address++), "dispatcher", Wrong)).Failure!.Code == "sign_in_refused")
            {
                guesses++;
            }

            town.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.InRange(guesses, 10, 19);
    }

    [Fact]
    public void All_devices_of_an_account_together_with_strangers_get_fewer_than_a_hundred_guesses_in_an_hour()
    {
        static int InAnHour(TryRule rule)
        {
            var (guesses, at) = (0, TimeSpan.Zero);
            while (at <= TimeSpan.FromHours(1))
            {
                at += rule.WaitAfter(++guesses);
            }

            return guesses;
        }

        Assert.InRange((AccountDevice.Most * InAnHour(TryRule.KnownDevice)) + InAnHour(TryRule.Strangers), 50, 99);
        Assert.InRange(InAnHour(TryRule.Inside), 5, 15);
    }

    [Fact]
    public async Task One_address_waits_for_itself()
    {
        await using var town = await Staff.TownAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("sign_in_refused", (await town.SignInFromAsync("192.0.2.1", "dispatcher", Wrong)).Failure!.Code);
        }

        Assert.Equal("too_many_tries", (await town.SignInFromAsync("192.0.2.1", "dispatcher", Staff.Password)).Failure!.Code);
        Assert.True((await town.SignInFromAsync("192.0.2.2", "dispatcher", Staff.Password)).Succeeded);
        town.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await town.SignInFromAsync("192.0.2.1", "dispatcher", Staff.Password)).Succeeded);
    }

    [Fact]
    public async Task Whoever_has_to_wait_is_told_how_long_on_the_page_and_over_the_api()
    {
        await using var town = await Staff.TownAsync();
        using var visitor = await town.ClientAsync();
        for (var i = 0; i < 5; i++)
        {
            await visitor.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Wrong });
        }

        foreach (var answer in new[]
        {
            await visitor.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Staff.Password }),
            await visitor.PostFormAsync("/sign-in", ("login", "dispatcher"), ("password", Staff.Password)),
        })
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(1)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
            Assert.Contains("1 分钟", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_login_that_does_not_exist_has_to_wait_like_one_that_does()
    {
        await using var town = await Staff.TownAsync();
        foreach (var login in new[] { "dispatcher", "nobody-here" })
        {
            var answers = new List<Failure>();
            for (var i = 0; i < 7; i++)
            {
                answers.Add((await town.SignInFromAsync("192.0.2.1", login, Wrong)).Failure!);
            }

            Assert.Equal(["sign_in_refused", "sign_in_refused", "sign_in_refused", "sign_in_refused", "sign_in_refused", "too_many_tries", "too_many_tries"], answers.Select(a => a.Code));
            Assert.Equal(1, answers[^1].Values[0]);
        }
    }

    [Fact]
    public async Task Wrong_passwords_at_the_same_moment_are_counted_each_one()
    {
        await using var town = await Staff.TownAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => town.SignInFromAsync("192.0.2.1", "dispatcher", $"wrong password {i}")));
        Assert.Equal(5, answers.Count(a => a.Failure!.Code == "sign_in_refused"));
        Assert.Equal("too_many_tries", (await town.SignInFromAsync("192.0.2.1", "dispatcher", Staff.Password)).Failure!.Code);
    }

    [Fact]
    public async Task A_cookie_that_somebody_made_up_is_no_device()
    {
        await using var town = await Staff.TownAsync();
        using var attacker = await town.ClientAsync();
        attacker.DefaultRequestHeaders.Add("Cookie", $"{VisitorDevice.Cookie}={Guid.NewGuid()}");
        attacker.DefaultRequestHeaders.Add("X-Linli", "1");
        attacker.DefaultRequestHeaders.Add("X-Linli", "1");
        for (var i = 0; i < 6; i++)
        {
            await attacker.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Wrong });
        }

        // Counted by address like anybody's: the next one without a cookie from there waits too.
        using var other = await town.ClientAsync();
        Assert.Contains("too_many_tries", await (await other.PostAsJsonAsync("/api/session", new { login = "dispatcher", password = Staff.Password })).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_later_everything_is_forgotten()
    {
        await using var town = await Staff.TownAsync();
        await town.SignInFromAsync("192.0.2.1", "dispatcher", Wrong);
        town.Clock.Advance(TryRule.Forget + TimeSpan.FromHours(2));
        await town.InScopeAsync((CountTries count) => count.PruneAsync(CancellationToken.None));
        Assert.Equal(0, await town.ReadAsync(db => db.Set<TryCounter>().CountAsync()));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002")]
    public void An_address_counts_as_the_network_that_one_line_gets(string address, string counted) => Assert.Equal(counted, VisitorDevice.Counted(IPAddress.Parse(address)));
}
