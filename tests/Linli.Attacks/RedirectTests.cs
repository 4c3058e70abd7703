using System.Net;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Attacks;

/// <summary>No address that comes in leads to another site.</summary>
public sealed class RedirectTests(OpenTown open) : IClassFixture<OpenTown>
{
    private static readonly string[] LeadingOn = ["return", "back", "url", "next", "redirect", "from", "done"];

    public static TheoryData<string> Elsewhere =>
    [
        "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "\t//evil.example", " //evil.example",
        "/%09/evil.example", "/\r\nSet-Cookie: a=b", "/%0d%0aSet-Cookie:%20a=b", "javascript:alert(1)", "data:text/html,x", "http:evil.example", "/.//evil.example", "/..//evil.example", "/\u2215evil.example", "//evil.example@localhost/", "／／evil.example",
    ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task Nobody_is_led_to_another_site(string target)
    {
        using var nobody = await open.Town.HttpAsync();
        using var staff = await open.Town.HttpAsync("paidan");
        var asked = Uri.EscapeDataString(target);
        nobody.FollowsRedirects = staff.FollowsRedirects = false;
        foreach (var answer in new[]
        {
            await nobody.GetAsync($"/preferences?lang=en&back={asked}"),
            await staff.GetAsync($"/sign-in?return={asked}"),
            await nobody.PostFormAsync("/sign-in", ("login", "paidan"), ("password", Town.Password), ("return", target)),
        })
        {
            Assert.Equal(HttpStatusCode.Redirect, answer.Status);
            StaysHere(answer);
        }
    }

    /// <summary>Any parameter of any page may turn out to be one that leads on.</summary>
    [Fact]
    public async Task No_parameter_of_any_page_leads_to_another_site()
    {
        using var staff = await open.Town.HttpAsync("guanli");
        staff.FollowsRedirects = false;
        foreach (var door in open.Town.Doors().Where(d => d.IsSafe && !d.IsStream && !d.IsForPrograms))
        {
            foreach (var targets in ((IEnumerable<string>)["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/\r\nSet-Cookie: a=b", "javascript:alert(1)"]).Chunk(LeadingOn.Length))
            {
                StaysHere(await staff.GetAsync($"{door.PathWith()}?{string.Join('&', LeadingOn.Zip(targets, (name, target) => $"{name}={Uri.EscapeDataString(target)}"))}"));
                StaysHere(await staff.GetAsync($"{door.PathWith()}?{string.Join('&', LeadingOn.Reverse().Zip(targets, (name, target) => $"{name}={Uri.EscapeDataString(target)}"))}"));
            }
        }
    }

    private static void StaysHere(Answer answer)
    {
        Assert.DoesNotContain("a=b", answer.Headers.GetValueOrDefault("Set-Cookie") ?? "", StringComparison.Ordinal);
        if (answer.Headers.TryGetValue("Location", out var location))
        {
            var read = string.Concat(location.Where(c => c is not ('\t' or '\r' or '\n'))).Replace('\\', '/'); // as browsers do
            Assert.True(location.StartsWith('/') && location.All(c => char.IsAscii(c) && !char.IsControl(c)) && new Uri(new Uri("http://localhost/page"), read).Host == "localhost", $"{answer.Address} → {location}");
        }
    }

    /// <summary>Somebody signed out is led to sign in and back, and only back.</summary>
    [Fact]
    public async Task The_way_back_after_signing_in_is_on_this_site()
    {
        await using var town = await Town.FoundAsync();
        using var nobody = await town.HttpAsync();
        nobody.FollowsRedirects = false;

        var asked = await nobody.GetAsync("/work?queue=all");

        Assert.Equal("/sign-in?return=%2Fwork%3Fqueue%3Dall", asked.Headers["Location"]);
    }
}
