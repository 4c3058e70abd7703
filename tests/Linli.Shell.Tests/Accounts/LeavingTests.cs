using Linli.Testing;

namespace Linli.Shell.Tests.Accounts;

public sealed class LeavingTests
{
    [Theory]
    [InlineData("POST", "/sign-out")]
    [InlineData("POST", "/me/sign-out-everywhere")]
    [InlineData("DELETE", "/api/session")]
    [InlineData("DELETE", "/api/me/sessions")]
    public async Task Signing_out_tells_the_browser_to_forget_what_pages_kept_on_the_device(string method, string path)
    {
        await using var town = await Town.FoundAsync();
        using var visitor = await town.HttpAsync("paidan");
        visitor.FollowsRedirects = false;

        var left = await visitor.SendJsonAsync(new HttpMethod(method), path);

        Assert.True((int)left.Status < 400, $"{left.Status}");
        Assert.Equal("\"storage\"", left.Headers["Clear-Site-Data"]);
        Assert.DoesNotContain("Clear-Site-Data", (await visitor.GetAsync("/")).Headers.Keys);
    }
}
